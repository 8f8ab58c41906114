"""Memory: how much of an archive may stay in memory while it is open."""

from dataclasses import dataclass
from typing import Final

MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """How much of an archive may stay in memory.

    pages: bytes of the file, SQLite's page cache; its own default, 2 MB, doubles the time of a long import.
    sheaves: bytes of unpacked text, for who reads here and there; about three times that in all.
    texts: characters of whole texts; 4 MB are the current versions of 100 documents.
    wordings: passages whose wording is known without reading them, 100 bytes each.
    """

    pages: int = 16 * MB
    sheaves: int = 4 * MB
    texts: int = 4 * MB
    wordings: int = 300_000


MUCH: Final = Memory()
"""For who goes through histories, or from one text to another that is like it."""

LITTLE: Final = Memory(pages=4 * MB, sheaves=MB, texts=MB, wordings=30_000)
"""For who comes back to a text only after all the others, as a daemon does: what was read is of no use by then."""
