"""Tables: changes, flags, facts and passages as rows, for JSON lines and CSV."""

import csv
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Final

from alerts.event import iso
from crawler.errors import ExportError
from diffing.archive import Archive
from diffing.archive.listing import Listed, Wanted
from diffing.edit import EditKind
from diffing.version import Document

Row = Mapping[str, Any]
OnProgress = Callable[["Table", int], None]

REPORTED: Final = 500
"""Rows between two reports of progress."""

_FORMULA = re.compile(r"\s*[=+\-@\t\r|%]")
"""What a spreadsheet takes for the beginning of a formula or a command."""


class Table(StrEnum):
    """What is exported."""

    CHANGES = "changes"
    FLAGS = "flags"
    FACTS = "facts"
    PASSAGES = "passages"


class Shape(StrEnum):
    """How rows are written."""

    JSONL = "jsonl"
    CSV = "csv"


_PLACE: Final = ("service", "terms", "post", "collection")
COLUMNS: Final[Mapping[Table, Sequence[str]]] = {
    Table.CHANGES: (
        *("change_id", *_PLACE, "title", "url", "language", "observed_at", "version_id"),
        *("before_observed_at", "before_version_id", "kind", "news", "severity", "topics"),
        *("added", "removed", "reworded", "moved", "returned_to"),
    ),
    Table.FLAGS: (
        *("change_id", *_PLACE, "observed_at", "topic", "stance", "effect", "before", "after", "evidence", "rule"),
    ),
    Table.FACTS: ("change_id", *_PLACE, "observed_at", "name", "value", "quote"),
    Table.PASSAGES: (*_PLACE, "title", "text", "first_seen", "gone_since", "current", "times", "version_id"),
}
"""The columns of each table; in JSON lines they are the keys of each object."""


def rows(archive: Archive, table: Table, wanted: Wanted) -> Iterator[Row]:
    """The rows of a table: changes and what was found in them newest first, passages by document.

    wanted: of passages, only the filters on documents count.
    """
    match table:
        case Table.CHANGES:
            return (_change(one) for one in archive.asking.every_change(wanted))
        case Table.FLAGS:
            return (row for one in archive.asking.every_change(wanted) for row in _flags(one))
        case Table.FACTS:
            return (row for one in archive.asking.every_change(wanted) for row in _facts(one))
        case Table.PASSAGES:
            documents = archive.documents(wanted.service, wanted.terms, wanted.collection)
            return (row for document in documents for row in _passages(archive, document))


def write(
    archive: Archive,
    folder: Path,
    tables: Iterable[Table],
    shape: Shape,
    wanted: Wanted,
    on_progress: OnProgress = lambda table, count: None,
) -> Mapping[Path, int]:
    """Write each table to a file in the folder, in place of an earlier one; how many rows each has.

    A file is there whole or not at all. Raises ExportError when it cannot be written.
    """
    written: dict[Path, int] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table in tables:
            path = folder / f"{table.value}.{shape.value}"
            part = path.with_suffix(path.suffix + ".part")
            with part.open("w", encoding=_ENCODINGS[shape], newline="") as file:
                count = 0
                for count, _ in enumerate(_WRITERS[shape](file, table, rows(archive, table, wanted)), 1):
                    if count % REPORTED == 0:
                        on_progress(table, count)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            written[path] = count
    except OSError as error:
        raise ExportError(
            str(folder), f"cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
    return written


def csv_cell(value: Any) -> str | int:
    """A value as a cell that a spreadsheet takes for text or a number, never for a formula.

    >>> csv_cell('=HYPERLINK("https://a.test")'), csv_cell(" -1+1"), csv_cell(3), csv_cell(None), csv_cell(["a", "b"])
    ('\\'=HYPERLINK("https://a.test")', "' -1+1", 3, '', 'a, b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    text = ", ".join(value) if isinstance(value, (list, tuple)) else str(value)
    text = text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return "'" + text if _FORMULA.match(text) else text


def _jsonl(file: IO[str], table: Table, found: Iterable[Row]) -> Iterator[None]:
    for row in found:
        file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        yield


def _csv(file: IO[str], table: Table, found: Iterable[Row]) -> Iterator[None]:
    writer = csv.writer(file)
    writer.writerow(COLUMNS[table])
    for row in found:
        writer.writerow([csv_cell(row[column]) for column in COLUMNS[table]])
        yield


_ENCODINGS: Final = {Shape.JSONL: "utf-8", Shape.CSV: "utf-8-sig"}
"""A spreadsheet that finds no byte-order mark takes accents for the signs of another code page."""

_WRITERS: Final = {Shape.JSONL: _jsonl, Shape.CSV: _csv}


def _place(document: Document) -> dict[str, Any]:
    return {
        "service": document.service,
        "terms": document.terms,
        "post": document.post or None,
        "collection": document.collection or None,
    }


def _change(one: Listed) -> Row:
    return {
        "change_id": one.id,
        **_place(one.document),
        "title": one.title or None,
        "url": one.url or None,
        "language": one.language or None,
        "observed_at": iso(one.after_at),
        "version_id": one.after_id,
        "before_observed_at": iso(one.before_at) if one.before_at else None,
        "before_version_id": one.before_id,
        "kind": one.kind.value,
        "news": one.news,
        "severity": one.severity.value,
        "topics": list(dict.fromkeys(flag.topic for flag in one.flags)),
        **{kind.value: one.counts.get(kind, 0) for kind in EditKind if kind is kind.broad},
        "returned_to": iso(one.returned_to) if one.returned_to else None,
    }


def _flags(one: Listed) -> Iterator[Row]:
    for flag in one.flags:
        yield {
            "change_id": one.id,
            **_place(one.document),
            "observed_at": iso(one.after_at),
            "topic": flag.topic,
            "stance": flag.stance.value,
            "effect": flag.effect.value,
            "before": flag.before,
            "after": flag.after,
            "evidence": flag.evidence,
            "rule": flag.rule,
        }


def _facts(one: Listed) -> Iterator[Row]:
    for stated in one.facts:
        yield {
            "change_id": one.id,
            **_place(one.document),
            "observed_at": iso(one.after_at),
            "name": stated.name.value,
            "value": stated.value,
            "quote": stated.quote,
        }


def _passages(archive: Archive, document: Document) -> Iterator[Row]:
    for text, holding in archive.asking.passages(document):
        yield {
            **_place(document),
            "title": holding.title or None,
            "text": text,
            "first_seen": iso(holding.since),
            "gone_since": iso(holding.until) if holding.until else None,
            "current": holding.current,
            "times": holding.times,
            "version_id": holding.version_id,
        }
