"""How values are written in the archive: text that UTF-8 cannot hold, numbers in lists, and compression."""

import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import sub

import zstandard

LEVEL = 3
"""zstd's. Tried 2026-11-25 on 3,758 versions with their sheaf as dictionary: 6 takes 0.48 s and 3 takes 0.37, for 3 %
more bytes."""

SHORT = 1 << 14
"""Numbers below it take at most two bytes."""

SEPARATOR = b"\xff"
"""Between passages; a byte that UTF-8 never has."""


def to_bytes(text: str) -> bytes:
    """UTF-8, with lone surrogates as themselves, so that any text comes back."""
    return text.encode("utf-8", "surrogatepass")


def from_bytes(raw: bytes) -> str:
    """The text `to_bytes` was given."""
    return raw.decode("utf-8", "surrogatepass")


def cell(text: str) -> str | bytes:
    r"""Foreign text for a column of type ANY: as it is, or as bytes where SQLite could not take it.

    >>> cell("clause"), cell("\ud800")
    ('clause', b'\xed\xa0\x80')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return to_bytes(text)
    return text


def from_cell(value: str | bytes) -> str:
    """The text `cell` was given."""
    return value if isinstance(value, str) else from_bytes(value)


def pack_ids(ids: Iterable[int]) -> bytes:
    """Numbers from 0, each as its distance from the successor of the one before, a byte where that is small.

    A zero stands for itself and is passed over, so that blank lines do not break a run: a distance d is written as
    2d + 1, or -2d below zero, as a varint (seven bits a byte, the lowest first).

    >>> pack_ids([7, 0, 8, 9, 0, 3]).hex()
    '0d000101000e'
    """
    return b"".join(spell_ids(ids))


def spell_ids(ids: Iterable[int], after: int = 0) -> list[bytes]:
    """What `pack_ids` writes for each number. after: the last one before them that is not 0."""
    numbers = list(ids)
    stand = list(filter(None, numbers))
    codes = [2 * step - 1 if step > 0 else 2 - 2 * step for step in map(sub, stand, [after, *stand])]
    if len(stand) < len(numbers):
        given = iter(codes)
        codes = [next(given) if number else 0 for number in numbers]
    short = _short()
    return [short[code] if code < SHORT else _varint(code) for code in codes]


def unpack_ids(packed: bytes) -> list[int]:
    """The numbers `pack_ids` was given.

    >>> unpack_ids(pack_ids([7, 0, 8, 9, 0, 3, 3000]))
    [7, 0, 8, 9, 0, 3, 3000]
    """
    expected = 1
    out = []
    for code in packed if packed.isascii() else _from_varints(packed):
        if code:
            expected += code >> 1 if code & 1 else -(code >> 1)
            out.append(expected)
            expected += 1
        else:
            out.append(0)
    return out


@lru_cache(maxsize=1)
def _short() -> list[bytes]:
    """What is written for each number below SHORT: of nearly all of them."""
    return list(map(_varint, range(SHORT)))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _from_varints(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        if byte < 0x80:
            yield value | byte << shift
            value = shift = 0
        else:
            value |= (byte & 0x7F) << shift
            shift += 7


def compress(raw: bytes, before: bytes = b"") -> bytes:
    """One zstd frame. before: what the reader will already have; runs that stand there cost next to nothing."""
    known = _dictionary(before)
    if known is None:
        return _plain.compressor.compress(raw)
    return zstandard.ZstdCompressor(level=LEVEL, write_dict_id=False, dict_data=known).compress(raw)


def decompress(frame: bytes, before: bytes = b"") -> bytes:
    """What `compress` was given. Raises zstandard.ZstdError for anything else."""
    return zstandard.ZstdDecompressor(dict_data=_dictionary(before)).decompress(frame)


class _Plain(threading.local):
    """What compresses without anything before, made once: it may not be used by two threads at a time."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=LEVEL)


_plain = _Plain()


def _dictionary(raw: bytes) -> zstandard.ZstdCompressionDict | None:
    if len(raw) < 8:  # zstd takes no smaller one
        return None
    return zstandard.ZstdCompressionDict(raw, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
