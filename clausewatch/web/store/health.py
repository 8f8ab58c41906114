"""Health: what does not go well: texts that cannot be read, and alerts that do not arrive."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell
from diffing.version import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Faulty:
    """A document whose last visit gave no text. since: of the first fault after the last visit that went well."""

    document: Document
    reason: str
    what: str
    todo: str
    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A delivery that is not delivered."""

    id: str
    channel: str
    event: str
    change: str
    state: str
    attempts: int
    created_at: datetime
    next_at: datetime
    error: str


def faulty(database: sqlite_utils.Database, limit: int) -> tuple[Faulty, ...]:
    """Documents that cannot be read now, the longest first; imported histories are left out, nobody visits them."""
    rows = database.execute(
        f"SELECT {documents.COLUMNS}, faults.reason, faults.what, faults.todo, attempts.at,"  # noqa: S608
        " (SELECT min(earlier.at) FROM attempts AS earlier WHERE earlier.document_id = attempts.document_id"
        "  AND earlier.id > (SELECT coalesce(max(id), 0) FROM attempts AS good"
        "   WHERE good.document_id = attempts.document_id AND good.fault_id IS NULL)) AS since"
        " FROM documents JOIN attempts ON attempts.id = (SELECT max(id) FROM attempts AS last"
        "  WHERE last.document_id = documents.id) JOIN faults ON faults.id = attempts.fault_id"
        " WHERE documents.collection = '' ORDER BY since LIMIT ?",
        (limit,),
    )
    return tuple(
        Faulty(
            document=documents.from_row(row[:4]),
            reason=row[4],
            what=from_cell(row[5]),
            todo=from_cell(row[6]),
            at=from_ms(row[7]),
            since=from_ms(row[8]),
        )
        for row in rows.fetchall()
    )


def faults_by_reason(database: sqlite_utils.Database) -> tuple[tuple[str, int], ...]:
    """(reason, visits that ended so), the most frequent first."""
    rows = database.execute(
        "SELECT faults.reason, count(*) FROM attempts JOIN faults ON faults.id = fault_id GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple((reason, number) for reason, number in rows.fetchall())


def visits(database: sqlite_utils.Database) -> tuple[int, datetime | None]:
    """How many visits there were, and when the last one was."""
    number, last = database.execute("SELECT count(*), max(at) FROM attempts").fetchone()
    return number, None if last is None else from_ms(last)


def deliveries_by_state(database: sqlite_utils.Database) -> tuple[tuple[str, int], ...]:
    """(state, deliveries)."""
    return tuple(database.execute("SELECT state, count(*) FROM outbox GROUP BY 1 ORDER BY 1").fetchall())


def undelivered(database: sqlite_utils.Database, limit: int) -> tuple[Sent, ...]:
    """Deliveries that wait, are held or were given up, the newest first."""
    rows = database.execute(
        "SELECT id, channel, event, coalesce(change_id, ''), state, attempts, created_at, next_at,"
        " coalesce(last_error, '') FROM outbox WHERE state IN ('waiting', 'failed', 'held')"
        " ORDER BY created_at DESC, id, channel LIMIT ?",
        (limit,),
    )
    return tuple(
        Sent(
            id=row[0],
            channel=row[1],
            event=row[2],
            change=row[3],
            state=row[4],
            attempts=row[5],
            created_at=from_ms(row[6]),
            next_at=from_ms(row[7]),
            error=row[8],
        )
        for row in rows.fetchall()
    )
