"""Wordings: what passages have in common that differ only in their dress, found by a hash of their skeleton."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

import sqlite_utils

from diffing.archive.connection import Connection
from diffing.archive.texts import Texts
from diffing.block import Block, read
from diffing.normalise import skeleton

FORM = 1
"""Which reading of a passage the stored wordings were made by. To be raised when `skeleton` or `diffing.block.read`
gives another result for the same passage: the index is then built anew. A test holds samples of both."""

_AT_ONCE = 500
"""Values in one SQL statement."""


class Wordings:
    """Finds the wording of a passage, and remembers those of up to `most` passages."""

    def __init__(self, connection: Connection, texts: Texts, *, most: int) -> None:
        self._texts = texts
        self._most = most
        self._known: dict[int, int] = {0: 0}
        self._key = b""
        connection.forget_on_rollback(self.forget)

    def forget(self) -> None:
        """Drop what is remembered."""
        self._known = {0: 0}

    def of(self, passage_ids: Collection[int]) -> frozenset[int]:
        """The wordings of passages that `learn` has met since the last `forget`."""
        known = self._known
        return frozenset(known[number] for number in passage_ids) - {0}

    def learn(self, database: sqlite_utils.Database, passage_ids: Iterable[int]) -> list[tuple[int, Block]]:
        """Find the wordings of passages, inside a transaction. Returns those not seen before, by id, with their block.

        A wording not seen before is given the id of the passage. A passage without words has none.
        """
        if len(self._known) > self._most:
            self.forget()
        unknown = set(passage_ids) - self._known.keys()
        blocks = {number: read(block) for number, block in sorted(self._texts.passages(unknown).items())}
        words = {number: block.text for number, block in blocks.items() if block.kind is not None}
        hashes = {number: self.hash(database, text) for number, text in words.items()}
        known = find(database, hashes.values())
        new: list[tuple[int, Block]] = []
        for number, one in hashes.items():
            if one not in known:
                known[one] = number
                new.append((number, blocks[number]))
        database.conn.executemany(
            "INSERT INTO wordings (hash, id) VALUES (?, ?)", [(hashes[number], number) for number, _ in new]
        )
        self._known.update((number, known[hashes[number]] if number in hashes else 0) for number in unknown)
        return new

    def named(self, database: sqlite_utils.Database, texts: Iterable[str]) -> Mapping[str, int]:
        """The wordings of passages by their words; one that is not indexed is left out."""
        hashes = {text: self.hash(database, text) for text in texts}
        known = find(database, hashes.values())
        return {text: known[one] for text, one in hashes.items() if one in known}

    def hash(self, database: sqlite_utils.Database, text: str) -> int:
        """A 64-bit hash of a passage's skeleton, under this archive's own key."""
        if not self._key:
            self._key = database.execute("SELECT value FROM settings WHERE name = 'passage_key'").fetchone()[0]
        raw = (skeleton(text) or text).encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(raw, digest_size=8, key=self._key).digest(), "big", signed=True)


def find(database: sqlite_utils.Database, hashes: Iterable[int]) -> dict[int, int]:
    """The ids of wordings, by hash, of those that are there."""
    wanted = list(dict.fromkeys(hashes))
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT hash, id FROM wordings WHERE hash IN ({marks})", some)  # noqa: S608
        found.update(rows.fetchall())
    return found
