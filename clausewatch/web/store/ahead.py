"""Ahead: days that changes name, from which something holds or until which one can object."""

from dataclasses import dataclass
from datetime import date

import sqlite_utils

from diffing.archive.codec import from_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that a change names. name: of the fact; quote: the words it was read from; change: the newest that says it.

    flagged: whether that change has a flag.
    """

    day: date
    name: str
    document_id: int
    change: str
    quote: str
    flagged: bool


def days(database: sqlite_utils.Database, start: date, end: date, limit: int) -> tuple[Day, ...]:
    """The days from one to another, the first first; of several changes of a text that name one, the newest."""
    rows = database.execute(
        "SELECT facts.value, facts.name, versions.document_id, changes.name, facts.quote,"
        " EXISTS (SELECT 1 FROM flags WHERE flags.change_id = facts.change_id), max(versions.observed_at)"
        " FROM facts JOIN changes ON changes.version_id = facts.change_id"
        " JOIN versions ON versions.id = facts.change_id"
        " WHERE facts.name IN ('effective_date', 'opt_out_by') AND facts.value BETWEEN ? AND ? AND changes.news = 1"
        " GROUP BY facts.value, facts.name, versions.document_id ORDER BY facts.value, facts.name DESC LIMIT ?",
        (start.isoformat(), end.isoformat(), limit),
    )
    return tuple(
        Day(
            day=date.fromisoformat(value),
            name=name,
            document_id=document,
            change=change,
            quote=from_cell(quote),
            flagged=bool(flagged),
        )
        for value, name, document, change, quote, flagged, _ in rows.fetchall()
    )
