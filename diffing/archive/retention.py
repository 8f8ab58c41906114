"""Retention: drops the bytes of old captures. Versions are never dropped."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import to_ms

_NEEDED = """
SELECT capture_id FROM version_captures WHERE version_id IN (
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY document_id ORDER BY observed_at DESC, id DESC) AS place
                    FROM versions) WHERE place = 1)
UNION
SELECT max(id) FROM captures GROUP BY document_id, source
"""
"""Captures that are in use: those the current version was made from, by which it is read again after an upgrade, and
the newest of each source, whose validators go with the next request."""

_RANKED = """
SELECT id, row_number() OVER (PARTITION BY document_id, source ORDER BY id DESC) AS place, fetched_at FROM captures
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was dropped. size: bytes of pages, as they were fetched, that are no longer kept."""

    captures: int
    size: int


def drop_captures(database: sqlite_utils.Database, *, before: datetime | None, newest: int | None) -> Dropped:
    """Drop the captures fetched before that moment, and those beyond the newest so many of a source.

    None sets no limit. What is in use stays whatever its age.
    """
    old = [
        row[0]
        for row in database.execute(
            f"SELECT id FROM ({_RANKED}) WHERE (fetched_at < ? OR place > ?) AND id NOT IN ({_NEEDED})",  # noqa: S608
            (to_ms(before) if before else -1, newest if newest is not None else 2**62),
        ).fetchall()
    ]
    database.conn.executemany("DELETE FROM captures WHERE id = ?", [(capture,) for capture in old])
    unused = "FROM bodies WHERE NOT EXISTS (SELECT 1 FROM captures WHERE body_id = bodies.id)"
    (size,) = database.execute(f"SELECT coalesce(sum(size), 0) {unused}").fetchone()
    database.execute(f"DELETE {unused}")
    return Dropped(captures=len(old), size=size)
