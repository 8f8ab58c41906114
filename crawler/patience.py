"""Patience: how long to stay away from a site that is overloaded or has asked for it. Pure.

A 429 speaks for its host, a 5xx for its own address. What the server says counts; where it says nothing, the time
doubles with every failure in a row. It is kept from crawl to crawl, so a restart does not forget it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol
from urllib.parse import urlsplit

from diffing.wait import Wait

FIRST = timedelta(minutes=5)
"""After the first failure that says nothing of when to come back; then twice that, and so on."""
LONGEST = timedelta(days=1)
"""The longest we stay away by ourselves."""
LONGEST_ASKED = timedelta(days=7)
"""The longest we stay away because a server asks for it: none may talk us out of watching."""


class Waits(Protocol):
    """Keeps waits from crawl to crawl, as an archive does. Each call returns when what it was given is stored."""

    def waits(self) -> dict[str, Wait]:
        """The waits that are kept, by place, those that are over included."""

    def keep_wait(self, wait: Wait) -> None:
        """Keep a wait, in place of the one kept for its place."""

    def end_wait(self, place: str) -> None:
        """Forget the wait for a place, which has answered well."""


class Forgetful:
    """Waits for a crawl without memory."""

    def waits(self) -> dict[str, Wait]:
        """See `Waits`."""
        return {}

    def keep_wait(self, wait: Wait) -> None:
        """See `Waits`."""

    def end_wait(self, place: str) -> None:
        """See `Waits`."""


def places(url: str) -> tuple[str, str]:
    """The places an address belongs to: its host, with its port where that is given, and itself.

    >>> places("https://example.org:8080/terms")
    ('example.org:8080', 'https://example.org:8080/terms')
    """
    return urlsplit(url).netloc, url


def wait_after(url: str, status: int, retry_after: str, earlier: Wait | None, now: datetime) -> Wait | None:
    """How long to stay away after an answer; None when it asks for nothing of the kind.

    earlier: the wait that is kept for its place.

    >>> now = datetime(2025, 9, 18, 12, tzinfo=UTC)
    >>> wait_after("https://example.org/terms", 429, "60", None, now).until - now
    datetime.timedelta(seconds=60)
    """
    if status != 429 and not 500 <= status < 600:
        return None
    failures = earlier.failures + 1 if earlier else 1
    own = min(FIRST * 2 ** min(failures - 1, 20), LONGEST)
    asked = _asked(retry_after, now)
    until = now + (own if asked is None else min(max(asked, timedelta()), LONGEST_ASKED))
    host, address = places(url)
    return Wait(place=host if status == 429 else address, until=until, failures=failures)


def waiting(urls: Iterable[str], waits: Mapping[str, Wait], now: datetime) -> Wait | None:
    """The wait that stands against asking one of these addresses now, the longest of several; None when none does."""
    found = [waits[place] for url in urls for place in places(url) if place in waits and waits[place].until > now]
    return max(found, key=lambda wait: wait.until) if found else None


def _asked(retry_after: str, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for: seconds, or a date; None when it says neither."""
    if retry_after.strip().isdigit():
        return timedelta(seconds=min(int(retry_after.strip()[:12]), 10**8))
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
