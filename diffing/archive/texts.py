"""Texts: each distinct text once, as a list of passages, each distinct passage once."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlite_utils

from diffing.archive.codec import from_bytes, spell_ids, to_bytes
from diffing.archive.connection import Connection
from diffing.archive.errors import DamagedArchive
from diffing.archive.memory import Memory
from diffing.archive.numbers import Numbers
from diffing.archive.sheaves import BROKEN, Sheaf, Sheaves
from diffing.ends import equal_ends
from diffing.passages import blocks
from diffing.version import text_hash


class Numbered(NamedTuple):
    """The passages of a text, their ids, and how those are spelled; mostly the next text begins and ends alike."""

    parts: Sequence[str]
    ids: list[int]
    spelled: list[bytes]

    def next(self, parts: Sequence[str], start: int, middle: list[int], end: int) -> "Numbered":
        """The same for a text that shares `start` passages at its beginning and `end` at its end, with others between.

        An id is spelled by how far it is from the one before it, so that the first behind the others is spelled anew.
        """
        head, tail = self.ids[:start], self.ids[len(self.ids) - end :]
        after = next(filter(None, reversed(head)), 0)
        anew = next((at + 1 for at, number in enumerate(tail) if number), end)
        spelled = spell_ids([*middle, *tail[:anew]], after)
        return Numbered(
            parts,
            [*head, *middle, *tail],
            [*self.spelled[:start], *spelled, *self.spelled[len(self.ids) - end + anew :]],
        )


class Texts:
    """Stores texts and gives them back, byte for byte."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._sheaves = Sheaves(memory.sheaves)
        self._numbers = Numbers(connection)
        self._recent: OrderedDict[int, str] = OrderedDict()
        self._held = 0
        self._last = Numbered((), [], [])
        connection.forget_on_rollback(self._forget)

    def store(self, text: str, *, sheaf_id: int | None) -> tuple[int, int]:
        """Keep a text, inside a transaction. Returns its id and the sheaf where the document's next one goes.

        sheaf_id: where the document's last text went; None for its first.
        """
        database = self._connection.database
        digest = bytes.fromhex(text_hash(text))
        known = database.execute("SELECT id, sheaf FROM texts WHERE hash = ?", (digest,)).fetchone()
        if known is not None:
            return known[0], sheaf_id or known[1]
        text_id = int(database.execute("SELECT coalesce(max(id), 0) + 1 FROM texts").fetchone()[0])
        sheaf = Sheaf(id=text_id) if sheaf_id is None else self._sheaves.get(database, sheaf_id)
        if sheaf.full:
            sheaf = Sheaf(id=text_id)
        packed, first, new = self._numbered(database, blocks(text), sheaf)
        body = self._sheaves.add(sheaf, text_id, packed, first, new)
        database.execute(
            "INSERT INTO texts (id, hash, sheaf, first_passage, new_passages, body) VALUES (?, ?, ?, ?, ?, ?)",
            (text_id, digest, sheaf.id, first, len(new), body),
        )
        self._remember(text_id, text)
        return text_id, sheaf.id

    def read(self, text_id: int) -> str:
        """The text of that id. Raises DamagedArchive when it is not what was stored."""
        text = self._recent.get(text_id)
        if text is None:
            text = self._read(text_id)
            self._remember(text_id, text)
        self._recent.move_to_end(text_id)
        return text

    def numbers(self, text_id: int) -> list[int]:
        """The ids of the passages a text consists of, in order; 0 is the blank line."""
        with self._connection.reading() as database:
            sheaf_id = database.execute("SELECT sheaf FROM texts WHERE id = ?", (text_id,)).fetchone()[0]
            try:
                return self._sheaves.get(database, sheaf_id, up_to=text_id).ids(text_id)
            except BROKEN as error:
                raise self._damaged(text_id) from error

    def passages(self, ids: Iterable[int]) -> dict[int, str]:
        """The passages of these ids, as they stand in the texts."""
        wanted = list(ids)
        with self._connection.reading() as database:
            try:
                words = self._words(database, wanted, Sheaf(id=0))
            except BROKEN as error:
                raise self._damaged_passages() from error
        return {number: from_bytes(raw) for number, raw in zip(wanted, words, strict=True)}

    def _read(self, text_id: int) -> str:
        with self._connection.reading() as database:
            digest, sheaf_id = database.execute("SELECT hash, sheaf FROM texts WHERE id = ?", (text_id,)).fetchone()
            try:
                sheaf = self._sheaves.get(database, sheaf_id, up_to=text_id)
                raw = b"\n".join(self._words(database, sheaf.ids(text_id), sheaf))
            except BROKEN as error:
                raise self._damaged(text_id) from error
            if hashlib.sha256(raw).digest() != digest:
                raise self._damaged(text_id)
        return from_bytes(raw)

    def _words(self, database: sqlite_utils.Database, ids: Sequence[int], sheaf: Sheaf) -> list[bytes]:
        """The words of each passage, from the text's own sheaf or, where it shares passages with others, from theirs.

        Raises KeyError when a passage is nowhere.
        """
        found = {0: b""}
        missing = set(ids) - found.keys()
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
        self, database: sqlite_utils.Database, parts: Sequence[str], sheaf: Sheaf
    ) -> tuple[bytes, int | None, list[bytes]]:
        """The ids of the passages, packed, the first of the new ones' (None when none is new), and the new ones.

        Most stand at the same end of the text kept last, or in the sheaf, and need not be looked up.
        """
        before = self._last
        start, end = equal_ends(before.parts, parts)
        raw = _encoded(parts[start : len(parts) - end])
        known = sheaf.numbers
        others = list(dict.fromkeys(part for part in raw if part and part not in known))
        found, first, new = self._numbers.find(database, others)
        self._sheaves.learn(sheaf, {part: found[part] for part in found.keys() - set(new)})
        numbers = {b"": 0, **found}
        middle = [known[part] if part in known else numbers[part] for part in raw]
        self._last = before.next(parts, start, middle, end)
        return b"".join(self._last.spelled), first, new

    def _remember(self, text_id: int, text: str) -> None:
        self._recent[text_id] = text
        self._held += len(text)
        while self._held > self._memory.texts and len(self._recent) > 1:
            _, dropped = self._recent.popitem(last=False)
            self._held -= len(dropped)

    def _forget(self) -> None:
        self._sheaves.forget()
        self._recent.clear()
        self._held = 0
        self._last = Numbered((), [], [])

    def _damaged(self, text_id: int) -> DamagedArchive:
        return DamagedArchive(
            str(self._connection.path), f"text {text_id} is not what was stored", "restore a backup of this file"
        )

    def _damaged_passages(self) -> DamagedArchive:
        return DamagedArchive(
            str(self._connection.path), "a passage is not where it was stored", "restore a backup of this file"
        )


def _encoded(parts: Sequence[str]) -> list[bytes]:
    """Each part in UTF-8, encoded at once: no part holds a blank line, or begins or ends with a line break."""
    if not parts:
        return []
    return to_bytes("\n\n".join(parts)).split(b"\n\n")
