"""Sheaves: the texts of one document, each compressed on top of those before it."""

import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlite_utils
import zstandard

from diffing.archive.codec import SEPARATOR, compress, decompress, unpack_ids

MAX_BYTES = 128 * 1024
"""A sheaf that holds more is closed and the next text starts another: reading any text means reading its sheaf, and to
add one is to go through what is there.

Tried 2026-11-25 on 3,758 versions of `contrib`: 512 kB and 128 texts give 1.31 MB of bodies in 1.06 s, 128 kB and 64
texts 1.59 MB in 0.48 s."""

MAX_TEXTS = 64
"""The same in texts: each is a frame to unpack, 0.02 ms."""

_LENGTH = struct.Struct(">I")


@dataclass(slots=True)
class Sheaf:
    """A sheaf as far as it was read. Texts are only ever added at its end.

    raw: all bodies, unpacked, in order. lists: passage ids of each text, packed, by text id.
    passages: the words of the passages that were new in one of its texts, by passage id; numbers: the other way, and of
    passages from elsewhere that a text was found to hold when it was added; elsewhere: the bytes of those.
    """

    id: int
    raw: bytearray = field(default_factory=bytearray)
    lists: dict[int, bytes] = field(default_factory=dict)
    passages: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[bytes, int] = field(default_factory=dict)
    elsewhere: int = 0
    last: int = 0

    @property
    def full(self) -> bool:
        """Whether the next text has to start another one."""
        return len(self.raw) > MAX_BYTES or len(self.lists) >= MAX_TEXTS

    @property
    def weight(self) -> int:
        """What it holds in memory, in bytes of text."""
        return len(self.raw) + self.elsewhere

    def ids(self, text_id: int) -> list[int]:
        """The passages of one of its texts."""
        return unpack_ids(self.lists[text_id])

    def add(self, text_id: int, packed: bytes, first_passage: int | None, new: list[bytes]) -> bytes:
        """Put a text at the end: its packed list and the passages new with it, numbered from `first_passage`.

        Returns its body: four bytes for the length of the list, the list, the passages; compressed.
        """
        raw = _LENGTH.pack(len(packed)) + packed + SEPARATOR.join(new)
        body = compress(raw, bytes(self.raw))
        self._take(text_id, first_passage, raw)
        return body

    def learn(self, numbers: Mapping[bytes, int]) -> None:
        """Remember the ids of passages that stand elsewhere: the next text mostly holds them too."""
        self.numbers.update(numbers)
        self.elsewhere += sum(map(len, numbers))

    def read(self, text_id: int, first_passage: int | None, body: bytes) -> None:
        """Take in the next body, as `add` made it."""
        self._take(text_id, first_passage, decompress(body, bytes(self.raw)))

    def _take(self, text_id: int, first_passage: int | None, raw: bytes) -> None:
        end = _LENGTH.size + _LENGTH.unpack_from(raw)[0]
        self.lists[text_id] = raw[_LENGTH.size : end]
        if first_passage is not None:
            new = dict(enumerate(raw[end:].split(SEPARATOR), first_passage))
            self.passages.update(new)
            self.numbers.update((words, number) for number, words in new.items())
        self.raw += raw
        self.last = text_id


class Sheaves:
    """Reads sheaves, and remembers the ones used last. limit: how much of them, in bytes of unpacked text."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._read: OrderedDict[int, Sheaf] = OrderedDict()
        self._held = 0

    def forget(self) -> None:
        """Drop all that is remembered, after a transaction was undone."""
        self._read.clear()
        self._held = 0

    def get(self, database: sqlite_utils.Database, sheaf_id: int, *, up_to: int | None = None) -> Sheaf:
        """The sheaf, at least up to the text `up_to`; without it, to its end.

        Raises zstandard.ZstdError or ValueError when a body is not what was written.
        """
        sheaf = self._read.pop(sheaf_id, None) or Sheaf(id=sheaf_id)
        self._held -= sheaf.weight  # counted again below, at its new size
        if up_to is None or up_to > sheaf.last:
            rows = database.execute(
                "SELECT id, first_passage, body FROM texts WHERE sheaf = ? AND id > ? ORDER BY id",
                (sheaf_id, sheaf.last),
            )
            for text_id, first_passage, body in rows.fetchall():
                sheaf.read(text_id, first_passage, body)
        self._remember(sheaf)
        return sheaf

    def add(self, sheaf: Sheaf, text_id: int, packed: bytes, first_passage: int | None, new: list[bytes]) -> bytes:
        """Put a text at the end of a sheaf, see `Sheaf.add`, and remember it as it is now."""
        if self._read.pop(sheaf.id, None) is not None:
            self._held -= sheaf.weight
        body = sheaf.add(text_id, packed, first_passage, new)
        self._remember(sheaf)
        return body

    def learn(self, sheaf: Sheaf, numbers: Mapping[bytes, int]) -> None:
        """Have a sheaf remember the ids of passages that stand elsewhere, see `Sheaf.learn`."""
        before = sheaf.weight
        sheaf.learn(numbers)
        if sheaf.id in self._read:
            self._held += sheaf.weight - before

    def _remember(self, sheaf: Sheaf) -> None:
        self._read[sheaf.id] = sheaf
        self._held += sheaf.weight
        while self._held > self.limit and len(self._read) > 1:
            _, dropped = self._read.popitem(last=False)
            self._held -= dropped.weight


BROKEN = (zstandard.ZstdError, struct.error, ValueError, KeyError)
"""What reading a damaged body ends in."""
