"""Capture: the bytes of one fetch with its HTTP facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

BY_BROWSER = "clausewatch-browser"
"""Name of a header of our own, kept with a page that was read in the browser; no server's answer brings it in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one fetch.

    source: the declared address (what validators are kept under); url: the final one after redirects.
    headers: names in lower case, only those worth keeping (content-type, etag, last-modified, content-language, …).
    body: after content decoding; of a page read in the browser, its document as HTML once its scripts have run.
    fetched_at: aware, UTC.
    """

    source: str
    url: str
    status: int
    fetched_at: datetime
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_browser(self) -> bool:
        """Whether the page was read in the browser."""
        return BY_BROWSER in self.headers
