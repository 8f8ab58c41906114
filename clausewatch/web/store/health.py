"""Health: what does not go well, where the report only counts it: visits without a text, alerts that do not arrive."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms


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


def faults_by_reason(database: sqlite_utils.Database) -> tuple[tuple[str, int], ...]:
    """(reason, visits that ended so), the most frequent first."""
    rows = database.execute(
        "SELECT faults.reason, count(*) FROM attempts JOIN faults ON faults.id = fault_id GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple((reason, number) for reason, number in rows.fetchall())


def visits(database: sqlite_utils.Database) -> tuple[int, datetime | None]:
    """How many visits there were, and when the last one was."""
    (number,) = database.execute("SELECT coalesce(sum(number), 0) FROM visits").fetchone()
    (last,) = database.execute("SELECT max(at) FROM attempts WHERE id = (SELECT max(id) FROM attempts)").fetchone()
    return number, None if last is None else from_ms(last)


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
