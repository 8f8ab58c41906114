"""Writing: what was found as a declaration, a new one or added to the one there is."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crawler.declarations.parsing import parse
from crawler.discovery.verify import Found
from crawler.errors import DeclarationError

_UNSAFE = re.compile(r"[^\w .&+-]+")


def declared(found: Found, *, language: str = "") -> dict[str, Any]:
    """The declaration of one page that was found. language: of the whole file, which need not be said again."""
    told: dict[str, Any] = {"fetch": found.url}
    if found.select:
        told["select"] = list(found.select)
    watch: dict[str, str] = {"feed": found.feed} if found.feed else {}
    if found.language and found.language != language:
        watch["language"] = found.language
    return {**told, "watch": watch} if watch else told


def written(folder: Path, service: str, terms: Mapping[str, Mapping[str, Any]], *, language: str = "") -> Path:
    """Write the declaration of a service, adding the terms to those its file has; returns the file.

    Raises DeclarationError when there is no such folder, when terms of that name are declared already, or when what
    would be written could not be read again.
    """
    if not folder.is_dir():
        raise DeclarationError(str(folder), "is no folder", "make it, or name another one under targets")
    path = folder / f"{file_name(service)}.json"
    table = _existing(path) or {"name": service, **({"watch": {"language": language}} if language else {}), "terms": {}}
    taken = [name for name in terms if name in table["terms"]]
    if taken:
        raise DeclarationError(str(path), f'terms "{taken[0]}" are declared already', "take them out there first")
    table["terms"] = {**table["terms"], **terms}
    content = json.dumps(table, ensure_ascii=False, indent=2) + "\n"
    problems = parse(content, str(path)).problems
    if problems:
        raise problems[0]
    _replace(path, content)
    return path


def file_name(service: str) -> str:
    """A safe name of a file for a service.

    >>> file_name("../../etc/Bright·rung")
    'etc Bright rung'
    """
    name = " ".join(_UNSAFE.sub(" ", service).split()).strip(". ")[:80]
    if not name:
        raise DeclarationError(repr(service[:40]), "is no name a file can have", "give one with --service")
    return name


def known_terms(folder: Path, service: str) -> Sequence[str]:
    """The terms the service's file in that folder declares already."""
    table = _existing(folder / f"{file_name(service)}.json")
    return tuple(table["terms"]) if table else ()


def _existing(path: Path) -> dict[str, Any] | None:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(str(path), "cannot be read", "correct it, or move it away") from error
    parse(content, str(path))  # says what is wrong with it
    table: dict[str, Any] = json.loads(content)
    table.setdefault("terms", {})
    return table


def _replace(path: Path, content: str) -> None:
    """Write the file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(content, encoding="utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise DeclarationError(str(path), f"cannot be written ({error.strerror})", "correct its permissions") from error
