"""Rows: versions, flags and facts over all texts, newest first, as the API lists them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell

Place = tuple[int, int, int]
"""Where a page ended: milliseconds, row of the version, position in it."""
END: Place = ((1 << 53) - 1, (1 << 53) - 1, (1 << 53) - 1)
"""Before the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A version without its text."""

    row: int
    id: str
    document_id: int
    at: datetime
    kind: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A flag with the change it stands in."""

    place: Place
    change: str
    document_id: int
    at: datetime
    topic: str
    stance: str
    effect: str
    before: str | None
    after: str | None
    evidence: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact with the change it stands in."""

    place: Place
    change: str
    document_id: int
    at: datetime
    name: str
    value: str
    quote: str


def versions(
    database: sqlite_utils.Database, place: Place, limit: int, document: int | None = None
) -> tuple[VersionRow, ...]:
    """Versions after a place in the list, newest first; of one document or of all."""
    which = "" if document is None else "versions.document_id = :document AND"
    rows = database.execute(
        "SELECT versions.id, versions.name, versions.document_id, observed_at, coalesce(changes.kind, 'first'),"  # noqa: S608
        " coalesce(changes.name, '') FROM versions LEFT JOIN changes ON changes.version_id = versions.id"
        f" WHERE {which} (observed_at, versions.id) < (:at, :row) ORDER BY observed_at DESC, versions.id DESC"
        " LIMIT :limit",
        {"at": place[0], "row": place[1], "limit": limit, "document": document},
    )
    return tuple(
        VersionRow(row=row[0], id=row[1], document_id=row[2], at=from_ms(row[3]), kind=row[4], change=row[5])
        for row in rows.fetchall()
    )


def version(database: sqlite_utils.Database, name: str) -> VersionRow:
    """The version of that id, which is there."""
    row = database.execute(
        "SELECT versions.id, versions.name, document_id, observed_at, coalesce(changes.kind, 'first'),"
        " coalesce(changes.name, '') FROM versions LEFT JOIN changes ON changes.version_id = versions.id"
        " WHERE versions.name = ?",
        (name,),
    ).fetchone()
    return VersionRow(row=row[0], id=row[1], document_id=row[2], at=from_ms(row[3]), kind=row[4], change=row[5])


def flags(
    database: sqlite_utils.Database, place: Place, limit: int, *, topic: str, effect: str, document: int | None
) -> tuple[FlagRow, ...]:
    """Flags after a place in the list; "" and None ask for all."""
    rows = database.execute(
        "SELECT versions.observed_at, versions.id, -flags.position, changes.name, versions.document_id, topic, stance,"
        " effect, before, after, evidence, rule FROM flags JOIN versions ON versions.id = flags.change_id"
        " JOIN changes ON changes.version_id = flags.change_id"
        " WHERE (:topic = '' OR topic = :topic) AND (:effect = '' OR effect = :effect)"
        " AND (:document IS NULL OR versions.document_id = :document)"
        " AND (versions.observed_at, versions.id, -flags.position) < (:at, :row, :position)"
        " ORDER BY versions.observed_at DESC, versions.id DESC, flags.position LIMIT :limit",
        {"topic": topic, "effect": effect, "document": document, "limit": limit, **_after(place)},
    )
    return tuple(
        FlagRow(
            place=(row[0], row[1], row[2]),
            change=row[3],
            document_id=row[4],
            at=from_ms(row[0]),
            topic=row[5],
            stance=row[6],
            effect=row[7],
            before=_text(row[8]),
            after=_text(row[9]),
            evidence=from_cell(row[10]),
            rule=row[11],
        )
        for row in rows.fetchall()
    )


def facts(
    database: sqlite_utils.Database, place: Place, limit: int, *, name: str, document: int | None
) -> tuple[FactRow, ...]:
    """Facts after a place in the list; "" and None ask for all."""
    rows = database.execute(
        "SELECT versions.observed_at, versions.id, -facts.position, changes.name, versions.document_id, facts.name,"
        " value, quote FROM facts JOIN versions ON versions.id = facts.change_id"
        " JOIN changes ON changes.version_id = facts.change_id WHERE (:name = '' OR facts.name = :name)"
        " AND (:document IS NULL OR versions.document_id = :document)"
        " AND (versions.observed_at, versions.id, -facts.position) < (:at, :row, :position)"
        " ORDER BY versions.observed_at DESC, versions.id DESC, facts.position LIMIT :limit",
        {"name": name, "document": document, "limit": limit, **_after(place)},
    )
    return tuple(
        FactRow(
            place=(row[0], row[1], row[2]),
            change=row[3],
            document_id=row[4],
            at=from_ms(row[0]),
            name=row[5],
            value=from_cell(row[6]),
            quote=from_cell(row[7]),
        )
        for row in rows.fetchall()
    )


def _after(place: Place) -> dict[str, int]:
    return {"at": place[0], "row": place[1], "position": place[2]}


def _text(value: Any) -> str | None:
    return None if value is None else from_cell(value)
