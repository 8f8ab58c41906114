"""Numbers: the id of each passage the archive has ever seen, found by the hash of its words."""

import hashlib
from collections.abc import Iterable, Sequence

import sqlite_utils

from diffing.archive.connection import Connection

REMEMBERED = 30_000
"""How many hashes stay in memory with their ids, about 5 MB, before all are forgotten."""

_AT_ONCE = 500
"""Values in one SQL statement."""


class Numbers:
    """Finds passages' ids and gives new ones, counting from 1; 0 is the blank line."""

    def __init__(self, connection: Connection) -> None:
        self._ids: dict[int, int] = {}
        self._key = b""
        connection.forget_on_rollback(self._ids.clear)

    def find(
        self, database: sqlite_utils.Database, parts: Sequence[bytes]
    ) -> tuple[dict[bytes, int], int | None, list[bytes]]:
        """The ids of these passages, the first of the new ones' (None when none is new), and the new ones in order.

        Inside a transaction. The new ones are numbered from the first on without a gap, and known from now on.
        """
        hashes = self._hashes(database, parts)
        ids = self._known(database, hashes.values())
        new = [part for part, one in hashes.items() if one not in ids]
        first = _next(database) if new else None
        fresh = {hashes[part]: number for number, part in enumerate(new, first or 0)}
        database.conn.executemany("INSERT INTO passages (hash, id) VALUES (?, ?)", fresh.items())
        self._remember(fresh)
        ids.update(fresh)
        return {part: ids[one] for part, one in hashes.items()}, first, new

    def _hashes(self, database: sqlite_utils.Database, parts: Iterable[bytes]) -> dict[bytes, int]:
        """A 64-bit hash of each passage, with this archive's own key: nobody can publish two that collide."""
        if not self._key:
            self._key = database.execute("SELECT value FROM settings WHERE name = 'passage_key'").fetchone()[0]
        return {
            part: int.from_bytes(hashlib.blake2b(part, digest_size=8, key=self._key).digest(), "big", signed=True)
            for part in parts
        }

    def _known(self, database: sqlite_utils.Database, hashes: Iterable[int]) -> dict[int, int]:
        found = {one: self._ids[one] for one in hashes if one in self._ids}
        unknown = [one for one in hashes if one not in found]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = database.execute(f"SELECT hash, id FROM passages WHERE hash IN ({marks})", some)  # noqa: S608
            found.update(rows.fetchall())
        self._remember(found)
        return found

    def _remember(self, ids: dict[int, int]) -> None:
        if len(self._ids) > REMEMBERED:
            self._ids.clear()
        self._ids.update(ids)


def _next(database: sqlite_utils.Database) -> int:
    row = database.execute(
        "SELECT first_passage + new_passages FROM texts WHERE first_passage IS NOT NULL"
        " ORDER BY first_passage DESC LIMIT 1"
    ).fetchone()
    return row[0] if row else 1
