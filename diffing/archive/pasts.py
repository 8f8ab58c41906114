"""Pasts: when each of our terms was visited, when it changed, and what dates its text announced."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlite_utils

from diffing.archive.clock import from_ms_or_none
from diffing.fault import FaultReason
from diffing.version import Document

_ANNOUNCING = ("effective_date", "opt_out_by")

_VISITS = """
SELECT id, service, terms,
    (SELECT at FROM attempts WHERE document_id = documents.id ORDER BY id LIMIT 1),
    (SELECT at FROM attempts WHERE document_id = documents.id ORDER BY id DESC LIMIT 1),
    (SELECT max(observed_at) FROM versions JOIN changes ON changes.version_id = versions.id
     WHERE document_id = documents.id AND news),
    (SELECT (SELECT reason FROM faults WHERE faults.id = fault_id) FROM attempts WHERE document_id = documents.id
     ORDER BY id DESC LIMIT 1)
FROM documents WHERE post = '' AND collection = ''
"""

_DATES = """
SELECT DISTINCT versions.document_id, facts.value FROM facts
JOIN versions ON versions.id = facts.change_id
WHERE facts.name IN (?, ?) AND facts.value BETWEEN ? AND ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the record says of some terms. All moments aware, UTC; None where there was none.

    first, last: the first and the newest visit. changed: the newest change that was news. announced: the days, at
    midnight UTC, that its changes named as the beginning of something or as a deadline. unconfirmed: the newest visit
    saw news that is to be seen again.
    """

    first: datetime | None = None
    last: datetime | None = None
    changed: datetime | None = None
    announced: tuple[datetime, ...] = ()
    unconfirmed: bool = False


def pasts(database: sqlite_utils.Database, *, since: datetime, until: datetime) -> dict[Document, Past]:
    """The record of all our own terms, posts of blogs aside, with the announced days between two moments."""
    announced: dict[int, list[datetime]] = {}
    days = (since.date().isoformat(), until.date().isoformat())
    for row in database.execute(_DATES, (*_ANNOUNCING, *days)).fetchall():
        announced.setdefault(row[0], []).append(datetime.combine(date.fromisoformat(row[1]), time(), UTC))
    return {
        Document(service=service, terms=terms): Past(
            first=from_ms_or_none(first),
            last=from_ms_or_none(last),
            changed=from_ms_or_none(changed),
            announced=tuple(sorted(announced.get(number, ()))),
            unconfirmed=reason == FaultReason.UNCONFIRMED.value,
        )
        for number, service, terms, first, last, changed, reason in database.execute(_VISITS).fetchall()
    }
