"""Stay: how long a text stood, as the archive remembers it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One recorded version of a document, without its text: which text it was and when we first saw it standing.

    A document's stays are given oldest first; a stay ends when the next one begins, the last one still stands.
    text_hash: as `diffing.version.text_hash` makes it. observed_at: aware, UTC.
    """

    version_id: str
    text_hash: str
    observed_at: datetime
