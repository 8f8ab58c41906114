"""Cache: drawn pages in memory, as long as the archive stands as it stood when they were drawn."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

HELD_BYTES: Final = 96 * 1024 * 1024
"""How much is kept; a page takes 10 to 200 kB, and a fifth of that again packed."""
WORTH_PACKING: Final = 1000
"""Bytes below which packing saves nothing."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An answer's body, with its ETag; packed is its gzip form, b"" where that is not worth it."""

    body: bytes
    packed: bytes
    etag: str
    media: str
    status: int


def drawn(body: bytes, media: str, *, status: int = 200, pack: bool = True) -> Drawn:
    """Make the packed form and the ETag of a body."""
    packed = gzip.compress(body, 5, mtime=0) if pack and len(body) >= WORTH_PACKING else b""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Drawn(body=body, packed=packed, etag=etag, media=media, status=status)


@dataclass(slots=True)
class Cache:
    """The pages drawn last. Usable from any thread."""

    limit: int = HELD_BYTES
    _stand: tuple[int, ...] = ()
    _held: int = 0
    _pages: OrderedDict[Key, Drawn] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Key, stand: tuple[int, ...]) -> Drawn | None:
        """The page drawn for this key while the archive stood so; None when there is none."""
        with self._lock:
            if stand != self._stand:
                self._pages.clear()
                self._held = 0
                self._stand = stand
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, stand: tuple[int, ...], page: Drawn) -> None:
        """Keep a page, unless the archive has changed since."""
        with self._lock:
            if stand != self._stand or key in self._pages:
                return
            self._pages[key] = page
            self._held += len(page.body) + len(page.packed)
            while self._held > self.limit and len(self._pages) > 1:
                _, dropped = self._pages.popitem(last=False)
                self._held -= len(dropped.body) + len(dropped.packed)
