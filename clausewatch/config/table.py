"""Table: what every table of clausewatch.toml has in common, and the sorts of values only a file can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationInfo
from pydantic_core import PydanticCustomError


class Table(BaseModel):
    """A table of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the values are read: the folder paths are relative to, and the environment secrets are looked up in.

    Handed to pydantic as the context of a validation; without one, values are taken as they are.
    """

    folder: Path
    environment: Mapping[str, str]


def _beside(path: Path, info: ValidationInfo) -> Path:
    return info.context.folder / path if isinstance(info.context, Place) else path


def _looked_up(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str) or not isinstance(info.context, Place):
        return value
    kind, _, name = value.partition(":")
    if kind == "env":
        return _from_environment(name, info.context.environment)
    return _from_file(name, info.context.folder) if kind == "file" else value


def _from_environment(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise _lookup_failed(f"names the unset variable {name}", f"set {name}")
    return environment[name]


def _from_file(name: str, folder: Path) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise _lookup_failed(f"names {name}, which cannot be read ({why})", "correct the path or its rights") from error


def _lookup_failed(what: str, todo: str) -> PydanticCustomError:
    return PydanticCustomError("lookup", "{what}", {"what": what, "todo": todo})


Beside = Annotated[Path, AfterValidator(_beside)]
"""A path, relative to the file's folder."""

Reference = Annotated[str, BeforeValidator(_looked_up)]
"""Text that may be kept elsewhere: "env:NAME" or "file:PATH"."""

Secret = Annotated[SecretStr, BeforeValidator(_looked_up)]
"""A Reference that is never printed or logged."""
