"""Heartbeat: asks an address now and then, so that somebody notices when that stops."""

from datetime import datetime, timedelta

import httpx

from alerts.http import FAILURES, Poster, said

EVERY = timedelta(minutes=1)
"""How often at the most. A dead-man's switch counts in minutes."""


class Heartbeat:
    """Posts nothing to an address that somebody watches from outside: silence there means that we are down.

    url: "" for none. allow_private: it may be an address of one's own network.
    """

    def __init__(self, url: str, *, allow_private: bool = False) -> None:
        self._url = url
        host = httpx.URL(url).host if url else ""
        self._poster = Poster(allowed_hosts=[host] if allow_private else ())
        self._last: datetime | None = None

    def beat(self, now: datetime) -> str:
        """Post, unless that was done within the last minute. What went wrong, as a clause; "" when nothing did."""
        if not self._url or (self._last is not None and now - self._last < EVERY):
            return ""
        self._last = now
        try:
            answer = self._poster.post(self._url, b"", {"Content-Length": "0"})
        except FAILURES as error:
            return said(error)
        return "" if 200 <= answer.status < 300 else f"answered {answer.status}"
