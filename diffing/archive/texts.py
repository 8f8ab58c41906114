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
        text_id = _next_text(database)
        sheaf = Sheaf(id=text_id) if sheaf_id is None else self._sheaves.get(database, sheaf_id)
        if sheaf.full:
            sheaf = Sheaf(id=text_id)
        ids, first, new = self._numbered(database, [to_bytes(block) for block in blocks(text)])
        body = self._sheaves.add(sheaf, text_id, ids, first, new)
        database.execute(
            "INSERT INTO texts (id, hash, sheaf, first_passage, new_passages, body) VALUES (?, ?, ?, ?, ?, ?)",
            (text_id, digest, sheaf.id, first, len(new), body),
        )
        return text_id, sheaf.id

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

    def _ids_of(self, database: sqlite_utils.Database, text_id: int, sheaf_id: int) -> Sequence[int]:
        return self._sheaves.get(database, sheaf_id, up_to=text_id).ids(text_id)

    def _passages(self, database: sqlite_utils.Database, ids: Sequence[int], sheaf_id: int) -> list[bytes]:
        """The words of each, from the text's own sheaf or, where it shares passages with others, from theirs."""
        found = {0: b""}
        missing = set(ids) - found.keys()
        sheaf = self._sheaves.get(database, sheaf_id, up_to=0)
        while True:
            here = missing & sheaf.passages.keys()
            found.update((number, sheaf.passages[number]) for number in here)
            missing -= here
            if not missing:
                return [found[number] for number in ids]
            sheaf = self._sheaf_with(database, min(missing))

    def _sheaf_with(self, database: sqlite_utils.Database, passage: int) -> Sheaf:
        row = database.execute(
            "SELECT id, sheaf FROM texts WHERE first_passage <= ? ORDER BY first_passage DESC LIMIT 1", (passage,)
        ).fetchone()
        if row is None:
            raise KeyError(passage)
        sheaf = self._sheaves.get(database, row[1], up_to=row[0])
        if passage not in sheaf.passages:
            raise KeyError(passage)
        return sheaf

    def _numbered(
        self, database: sqlite_utils.Database, parts: Sequence[bytes]
    ) -> tuple[list[int], int | None, list[bytes]]:
        """The ids of the passages, the first of the new ones' (None when none is new), and the new ones."""
        hashes = self._hashes(database, parts)
        ids = self._known(database, set(hashes.values()))
        new = [part for part, one in hashes.items() if one not in ids]
        first = _next_passage(database) if new else None
        fresh = {hashes[part]: number for number, part in enumerate(new, first or 0)}
        database.conn.executemany("INSERT INTO passages (hash, id) VALUES (?, ?)", fresh.items())
        ids.update(fresh)
        self._remember(ids)
        return [ids[hashes[part]] if part else 0 for part in parts], first, new

    def _hashes(self, database: sqlite_utils.Database, parts: Iterable[bytes]) -> dict[bytes, int]:
        """A 64-bit hash of each passage, with this archive's own key: nobody can publish two that collide."""
        if not self._key:
            self._key = database.execute("SELECT value FROM settings WHERE name = 'passage_key'").fetchone()[0]
        return {
            part: int.from_bytes(hashlib.blake2b(part, digest_size=8, key=self._key).digest(), "big", signed=True)
            for part in dict.fromkeys(parts)
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


def _next_passage(database: sqlite_utils.Database) -> int:
    row = database.execute(
        "SELECT first_passage + new_passages FROM texts WHERE first_passage IS NOT NULL"
        " ORDER BY first_passage DESC LIMIT 1"
    ).fetchone()
    return row[0] if row else 1


def _next_text(database: sqlite_utils.Database) -> int:
    return int(database.execute("SELECT coalesce(max(id), 0) + 1 FROM texts").fetchone()[0])
