"""Sheaves: the texts of one document, each compressed on top of those before it."""

from collections import OrderedDict
from dataclasses import dataclass, field

import sqlite_utils
import zstandard

from diffing.archive.codec import SEPARATOR, compress, decompress, pack_ids, unpack_ids

MAX_BYTES = 256 * 1024
"""A sheaf that holds more is closed and the next text starts another: reading any text means reading its sheaf."""

MAX_TEXTS = 64
"""The same in texts, so that reading stays below a millisecond or two."""

CACHE_BYTES = 32 * 1024 * 1024
"""How much of what was read stays in memory, in bytes of unpacked text."""


@dataclass(slots=True)
class Sheaf:
    """A sheaf as far as it was read. Texts are only ever added at its end.

    raw: all bodies, unpacked, in order. lists: passage ids of each text, by text id.
    passages: the words of the passages that were new in one of its texts, by passage id.
    """

    id: int | None = None
    raw: bytearray = field(default_factory=bytearray)
    lists: dict[int, list[int]] = field(default_factory=dict)
    passages: dict[int, bytes] = field(default_factory=dict)
    last: int = 0

    @property
    def full(self) -> bool:
        """Whether the next text has to start another one."""
        return len(self.raw) > MAX_BYTES or len(self.lists) >= MAX_TEXTS

    def pack(self, ids: list[int], new: list[bytes]) -> bytes:
        """The body of a text that is to be added: its list and the passages new with it."""
        return compress(pack_ids(ids) + SEPARATOR.join(new), bytes(self.raw))

    def unpack(self, text_id: int, first_passage: int | None, body: bytes) -> None:
        """Take in the next body, as `pack` made it."""
        raw = decompress(body, bytes(self.raw))
        ids, end = unpack_ids(raw)
        if first_passage is not None:
            self.passages.update(enumerate(raw[end:].split(SEPARATOR), first_passage))
        self.lists[text_id] = ids
        self.raw += raw
        self.last = text_id


class Sheaves:
    """Reads sheaves, and remembers the ones used last."""

    def __init__(self) -> None:
        self._read: OrderedDict[int, Sheaf] = OrderedDict()

    def forget(self) -> None:
        """Drop all that is remembered, after a transaction was undone."""
        self._read.clear()

    def get(self, database: sqlite_utils.Database, sheaf_id: int, *, up_to: int | None = None) -> Sheaf:
        """The sheaf, at least up to the text `up_to`; without it, to its end.

        Raises zstandard.ZstdError or ValueError when a body is not what was written.
        """
        sheaf = self._read.pop(sheaf_id, None) or Sheaf(id=sheaf_id)
        if up_to is None or up_to > sheaf.last:
            rows = database.execute(
                "SELECT id, first_passage, body FROM texts WHERE sheaf = ? AND id > ? ORDER BY id",
                (sheaf_id, sheaf.last),
            )
            for text_id, first_passage, body in rows.fetchall():
                sheaf.unpack(text_id, first_passage, body)
        self._remember(sheaf_id, sheaf)
        return sheaf

    def _remember(self, sheaf_id: int, sheaf: Sheaf) -> None:
        self._read[sheaf_id] = sheaf
        held = sum(len(one.raw) for one in self._read.values())
        while held > CACHE_BYTES and len(self._read) > 1:
            _, dropped = self._read.popitem(last=False)
            held -= len(dropped.raw)


BROKEN = (zstandard.ZstdError, ValueError, KeyError)
"""What reading a damaged body ends in."""
