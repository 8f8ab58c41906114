"""Complaint: what is wrong with a key of the file, in words a reader can act on."""

import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic_core import ErrorDetails

from clausewatch.config.channels import TYPES
from clausewatch.config.config import Config
from clausewatch.config.table import Table


def complaint(error: ErrorDetails, raw: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong and what to do, for one of pydantic's complaints. Never shows a value: it may be a secret."""
    path, table = _followed(error["loc"], raw)
    key = ".".join(map(str, path))
    if error["type"] == "extra_forbidden":
        known = list(table.model_fields)
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return f"unknown key {key!r}", f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
    if error["type"] == "lookup":
        return f"key {key!r} {error['ctx']['what']}", error["ctx"]["todo"]
    if error["type"] == "union_tag_not_found":
        return f"key {key!r} has no type", f"give it one: {', '.join(TYPES)}"
    if error["type"] == "union_tag_invalid":
        near = difflib.get_close_matches(str(error["ctx"]["tag"]), TYPES, n=1)
        todo = f"did you mean {near[0]!r}?" if near else f"known types: {', '.join(TYPES)}"
        return f"key '{key}.type' is no type of channel", todo
    return f"key {key!r}: {error['msg']}", "correct it (docs/configuration.md lists every key)"


def _followed(places: Sequence[int | str], raw: Mapping[str, Any]) -> tuple[list[int | str], type[Table]]:
    """The key's path as it stands in the file, and the innermost table it goes through.

    pydantic names the type of a channel as if it were a step of the path; in the file it is none.
    """
    path: list[int | str] = []
    table: type[Table] = Config
    annotation: Any = Config
    value: Any = raw
    for place in places:
        chosen = _one_of(annotation, value)
        if chosen is not annotation:
            annotation = chosen
            table = chosen if _is_table(chosen) else table
            if place == _tag(chosen):
                continue
        path.append(place)
        annotation, value = _inside(annotation, place), _item(value, place)
        table = annotation if _is_table(annotation) else table
    return path, table


def _one_of(annotation: Any, value: Any) -> Any:
    """Of several types of table, the one whose `type` the value names; anything else as it is."""
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) not in (types.UnionType, typing.Union):
        return annotation
    named = value.get("type") if isinstance(value, Mapping) else None
    return next((one for one in typing.get_args(annotation) if _is_table(one) and _tag(one) == named), annotation)


def _inside(annotation: Any, place: int | str) -> Any:
    """What may stand at a place inside a value of that type; None where nothing may."""
    if _is_table(annotation):
        field = annotation.model_fields.get(place)
        return field.annotation if field else None
    inner = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case origin if origin is dict:
            return inner[1]
        case origin if origin is tuple:
            return inner[0]
        case _:
            return None


def _item(value: Any, place: int | str) -> Any:
    if isinstance(value, Mapping):
        return value.get(str(place))
    return value[place] if isinstance(value, list) and isinstance(place, int) and place < len(value) else None


def _is_table(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Table)


def _tag(annotation: Any) -> str | None:
    """The `type` a channel's table is chosen by."""
    field = annotation.model_fields.get("type") if _is_table(annotation) else None
    if field is None or typing.get_origin(field.annotation) is not Literal:
        return None
    return str(typing.get_args(field.annotation)[0])
