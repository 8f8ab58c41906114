"""Entries: changes as a list shows them, without reading their texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlite_utils

from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import from_cell

Show = Literal["flagged", "news", "all"]
"""flagged: changes with a flag; news: all that are told; all: noise too."""

_SELECT = """
SELECT changes.version_id, changes.name, versions.observed_at, versions.document_id, changes.kind, changes.news,
       changes.severity, origins.title
FROM changes JOIN versions ON versions.id = changes.version_id JOIN origins ON origins.id = versions.origin_id
JOIN documents ON documents.id = versions.document_id
"""
_BESIDE = f"""
{_SELECT}
WHERE changes.version_id IN (SELECT change_id FROM flags) AND (versions.observed_at, versions.id) {{sign}} (:at, :row)
AND (:document IS NULL OR versions.document_id = :document)
ORDER BY versions.observed_at {{order}}, versions.id {{order}} LIMIT 1
"""  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a flag says, in short. evidence: the words that raised it; sentence: as it stands, or stood."""

    topic: str
    effect: str
    stance: str
    sentence: str
    evidence: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change in a list. row: of its version, for paging. title: of a blog post. dates: facts that are days."""

    row: int
    id: str
    at: datetime
    document_id: int
    kind: str
    news: bool
    severity: str
    title: str
    marks: tuple[Mark, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which changes are asked for; empty values ask for all.

    since: from this moment on. until: before this moment. place: milliseconds and row that the page before ended with.
    """

    show: Show = "flagged"
    topic: str = ""
    effect: str = ""
    kind: str = ""
    service: str = ""
    document_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    place: tuple[int, int] | None = None


def select(database: sqlite_utils.Database, wanted: Filter, limit: int) -> tuple[Entry, ...]:
    """The newest changes that are asked for, newest first."""
    where, values = _where(wanted)
    rows = database.execute(
        f"{_SELECT} WHERE {where} ORDER BY versions.observed_at DESC, versions.id DESC LIMIT :limit",
        {**values, "limit": limit},
    )
    return _with_findings(database, [_entry(row) for row in rows.fetchall()])


def count(database: sqlite_utils.Database, wanted: Filter) -> int:
    """How many changes are asked for, on all pages together."""
    where, values = _where(replace(wanted, place=None))
    row = database.execute(
        "SELECT count(*) FROM changes JOIN versions ON versions.id = changes.version_id"  # noqa: S608 - own words only
        f" JOIN documents ON documents.id = versions.document_id WHERE {where}",
        values,
    ).fetchone()
    return int(row[0])


def beside(database: sqlite_utils.Database, row: int, document_id: int | None = None) -> tuple[Entry | None, ...]:
    """The flagged changes right before and right after that of a version, of one document or of all."""
    at = database.execute("SELECT observed_at FROM versions WHERE id = ?", (row,)).fetchone()[0]
    found = []
    for sign, order in (("<", "DESC"), (">", "ASC")):
        sql = _BESIDE.format(sign=sign, order=order)
        rows = database.execute(sql, {"at": at, "row": row, "document": document_id}).fetchall()
        found.append(_entry(rows[0]) if rows else None)
    return tuple(found)


def _where(wanted: Filter) -> tuple[str, dict[str, Any]]:
    clauses, values = ["1"], dict[str, Any]()
    if wanted.show == "news":
        clauses.append("changes.news = 1")
    if wanted.show == "flagged" or wanted.topic or wanted.effect:
        clauses.append(
            "changes.version_id IN (SELECT change_id FROM flags WHERE (:topic = '' OR topic = :topic)"
            " AND (:effect = '' OR effect = :effect))"
        )
        values |= {"topic": wanted.topic, "effect": wanted.effect}
    for clause, name, value in (
        ("changes.kind = :kind", "kind", wanted.kind or None),
        ("documents.service = :service", "service", wanted.service or None),
        ("versions.document_id = :document_id", "document_id", wanted.document_id),
        ("versions.observed_at >= :since", "since", None if wanted.since is None else to_ms(wanted.since)),
        ("versions.observed_at < :until", "until", None if wanted.until is None else to_ms(wanted.until)),
    ):
        if value is not None:
            clauses.append(clause)
            values[name] = value
    if wanted.place is not None:
        clauses.append("(versions.observed_at, versions.id) < (:before_at, :before_row)")
        values |= {"before_at": wanted.place[0], "before_row": wanted.place[1]}
    return " AND ".join(clauses), values


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(
        row=row[0],
        id=row[1],
        at=from_ms(row[2]),
        document_id=row[3],
        kind=row[4],
        news=bool(row[5]),
        severity=row[6],
        title=from_cell(row[7]),
    )


def _with_findings(database: sqlite_utils.Database, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with their flags and days, in two queries for all."""
    rows = [entry.row for entry in entries]
    slots = ", ".join("?" * len(rows))
    marks: dict[int, list[Mark]] = {}
    for row, topic, effect, stance, before, after, evidence in database.execute(
        "SELECT change_id, topic, effect, stance, before, after, evidence FROM flags"  # noqa: S608 - question marks
        f" WHERE change_id IN ({slots}) ORDER BY change_id, position",
        rows,
    ).fetchall():
        sentence = after if after is not None else before
        mark = Mark(
            topic=topic,
            effect=effect,
            stance=stance,
            sentence=from_cell(sentence if sentence is not None else evidence),
            evidence=from_cell(evidence),
            gone=after is None,
        )
        marks.setdefault(row, []).append(mark)
    dates: dict[int, dict[tuple[str, str], None]] = {}
    for row, name, value in database.execute(
        "SELECT change_id, name, value FROM facts WHERE name IN ('effective_date', 'opt_out_by')"  # noqa: S608
        f" AND change_id IN ({slots}) ORDER BY change_id, position",
        rows,
    ).fetchall():
        dates.setdefault(row, {})[name, from_cell(value)] = None
    return tuple(
        replace(entry, marks=tuple(marks.get(entry.row, ())), dates=tuple(dates.get(entry.row, {})))
        for entry in entries
    )
