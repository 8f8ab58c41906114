"""Texts: each distinct text once, as a list of passages, each distinct passage once."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import sqlite_utils

from diffing.archive.codec import from_bytes, to_bytes
from diffing.archive.connection import Connection
from diffing.archive.errors import DamagedArchive
from diffing.archive.sheaves import BROKEN, Sheaf, Sheaves
from diffing.passages import blocks

REMEMBERED = 100_000
"""How many passages' ids stay in memory: about 20 MB."""

_AT_ONCE = 500
"""Values in one SQL statement."""


class Texts:
    """Stores texts and gives them back, byte for byte."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sheaves = Sheaves()
        self._ids: OrderedDict[int, int] = OrderedDict()
        self._key = b""
        connection.forget_on_rollback(self._forget)

    def store(self, text: str, *, sheaf_id: int | None) -> tuple[int, int]:
        """Keep a text, inside a transaction. Returns its id and the sheaf where the document's next one goes.

        sheaf_id: where the document's last text went; None for its first.
        """
        database = self._connection.database
        raw = to_bytes(text)
        digest = hashlib.sha256(raw).digest()
        known = database.execute("SELECT id, sheaf FROM texts WHERE hash = ?", (digest,)).fetchone()
        if known is not None:
            return known[0], sheaf_id or known[1]
        sheaf = Sheaf() if sheaf_id is None else self._sheaves.get(database, sheaf_id)
        if sheaf.full:
            sheaf = Sheaf()
        return self._add(database, digest, [to_bytes(block) for block in blocks(text)], sheaf)

    def read(self, text_id: int) -> str:
        """The text of that id. Raises DamagedArchive when it is not what was stored."""
        with self._connection.reading() as database:
            digest, sheaf_id = database.execute("SELECT hash, sheaf FROM texts WHERE id = ?", (text_id,)).fetchone()
            try:
                raw = b"\n".join(self._passages(database, self._ids_of(database, text_id, sheaf_id), sheaf_id))
            except BROKEN as error:
                raise self._damaged(text_id) from error
            if hashlib.sha256(raw).digest() != digest:
                raise self._damaged(text_id)
        return from_bytes(raw)

    def _ids_of(self, database: sqlite_utils.Database, text_id: int, sheaf_id: int) -> list[int]:
        return self._sheaves.get(database, sheaf_id, up_to=text_id).lists[text_id]

    def _passages(self, database: sqlite_utils.Database, ids: Sequence[int], sheaf_id: int) -> list[bytes]:
        """The words of each, from the text's own sheaf or, where it shares passages with others, from theirs."""
        own = self._sheaves.get(database, sheaf_id, up_to=0).passages
        found = {number: own[number] for number in ids if number in own}
        found[0] = b""
        for number in ids:
            if number not in found:
                found[number] = self._elsewhere(database, number)
        return [found[number] for number in ids]

    def _elsewhere(self, database: sqlite_utils.Database, number: int) -> bytes:
        row = database.execute(
            "SELECT id, sheaf FROM texts WHERE first_passage <= ? ORDER BY first_passage DESC LIMIT 1", (number,)
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return self._sheaves.get(database, row[1], up_to=row[0]).passages[number]

    def _add(
        self, database: sqlite_utils.Database, digest: bytes, parts: Sequence[bytes], sheaf: Sheaf
    ) -> tuple[int, int]:
        hashes = self._hashes(database, parts)
        ids = self._known(database, set(hashes.values()))
        new = list(dict.fromkeys(part for part in parts if part and hashes[part] not in ids))
        first = self._next_passage(database) if new else None
        fresh = dict(zip((hashes[part] for part in new), range(first or 0, (first or 0) + len(new)), strict=True))
        ids.update(fresh)
        numbers = [ids[hashes[part]] if part else 0 for part in parts]
        body = sheaf.pack(numbers, new)
        text_id = self._next_text(database)
        database.execute(
            "INSERT INTO texts (id, hash, sheaf, first_passage, new_passages, body) VALUES (?, ?, ?, ?, ?, ?)",
            (text_id, digest, sheaf.id or text_id, first, len(new), body),
        )
        database.conn.executemany("INSERT INTO passages (hash, id) VALUES (?, ?)", fresh.items())
        self._remember(ids)
        return text_id, sheaf.id or text_id

    def _hashes(self, database: sqlite_utils.Database, parts: Iterable[bytes]) -> dict[bytes, int]:
        """A 64-bit hash of each passage, with this archive's own key: nobody can publish two that collide."""
        if not self._key:
            self._key = database.execute("SELECT value FROM settings WHERE name = 'passage_key'").fetchone()[0]
        return {
            part: int.from_bytes(hashlib.blake2b(part, digest_size=8, key=self._key).digest(), "big", signed=True)
            for part in set(parts)
            if part
        }

    def _known(self, database: sqlite_utils.Database, hashes: Iterable[int]) -> dict[int, int]:
        found = {}
        unknown = []
        for one in hashes:
            number = self._ids.get(one)
            if number is None:
                unknown.append(one)
            else:
                found[one] = number
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(database.execute(f"SELECT hash, id FROM passages WHERE hash IN ({marks})", some).fetchall())  # noqa: S608
        return found

    def _next_passage(self, database: sqlite_utils.Database) -> int:
        row = database.execute(
            "SELECT first_passage + new_passages FROM texts WHERE first_passage IS NOT NULL"
            " ORDER BY first_passage DESC LIMIT 1"
        ).fetchone()
        return row[0] if row else 1

    def _next_text(self, database: sqlite_utils.Database) -> int:
        return int(database.execute("SELECT coalesce(max(id), 0) + 1 FROM texts").fetchone()[0])

    def _remember(self, ids: dict[int, int]) -> None:
        for one, number in ids.items():
            self._ids[one] = number
            self._ids.move_to_end(one)
        while len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)

    def _forget(self) -> None:
        self._ids.clear()
        self._sheaves.forget()

    def _damaged(self, text_id: int) -> DamagedArchive:
        return DamagedArchive(
            str(self._connection.path), f"text {text_id} is not what was stored", "restore a backup of this file"
        )
