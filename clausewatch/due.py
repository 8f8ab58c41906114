"""Due: which terms are to be visited now."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from clausewatch.errors import ConfigError

T = TypeVar("T")

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

SHORTEST = timedelta(seconds=10)
"""Least interval: nothing a policy says changes faster, and a typo must not hammer a site."""


def interval(text: str, where: str) -> timedelta:
    """How long "30m", "6h", "1d" or "2w" is. Raises ConfigError naming `where` for anything else.

    >>> interval("6h", "daemon.every")
    datetime.timedelta(seconds=21600)
    """
    match = re.fullmatch(r"(\d{1,6})\s*([smhdw])", text.strip())
    length = timedelta(seconds=int(match[1]) * UNITS[match[2]]) if match else timedelta()
    if length < SHORTEST:
        raise ConfigError(where, f"{text!r} is no interval", "write a number and s, m, h, d or w, at least 10s: 6h")
    return length


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Terms the daemon visits: their name for people, how often, and when they were visited last (None: never)."""

    name: str
    every: timedelta
    last: datetime | None


def next_visit(watched: Watched, jitter: float) -> datetime | None:
    """When the next visit is due; None means at once, for terms never visited.

    It comes up to `jitter` (a share of the interval) late. How late follows from the name and the last visit, so a
    restart does not draw again, and terms first visited together drift apart.
    """
    if watched.last is None:
        return None
    digest = hashlib.sha256(f"{watched.name}\0{watched.last.isoformat()}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return watched.last + watched.every * (1 + jitter * share)


def due(items: Iterable[T], watched_of: Callable[[T], Watched], *, now: datetime, jitter: float) -> Sequence[T]:
    """The items to visit now, the longest waiting first. Visits missed while nobody ran are one visit."""
    first = datetime.min.replace(tzinfo=now.tzinfo)
    moments = [(next_visit(watched_of(item), jitter) or first, index, item) for index, item in enumerate(items)]
    return [item for moment, _, item in sorted(moments, key=lambda entry: entry[:2]) if moment <= now]
