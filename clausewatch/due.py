"""Due: which terms are to be visited now."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TypeVar

from clausewatch.errors import ConfigError
from clausewatch.pace import Cron, Limits, adapted, late
from diffing.archive.pasts import Past

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


NEVER = Past()
"""The record of terms that were never visited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Terms the daemon visits.

    name: for people, and for the share of jitter. host: where they are fetched from. pace: an interval, or moments by
    cron. confirm: how soon news is looked at again. past: what is known of them.
    """

    name: str
    host: str = ""
    pace: timedelta | Cron
    confirm: timedelta | None = None
    past: Past = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How visits are laid out in time.

    jitter: share of the interval by which a visit may be late. limits: between which the intervals adapt; None: they
    do not. started: when the daemon started; what had been due before is spread over the time `spread` from then on.
    """

    jitter: float = 0.0
    limits: Limits | None = None
    started: datetime | None = None
    spread: timedelta = timedelta()


def next_visit(watched: Watched, rhythm: Rhythm, now: datetime) -> datetime:
    """When the next visit is due. Visits missed while nobody ran are one visit, within the spread after the start."""
    moment = _planned(watched, rhythm, now)
    started = rhythm.started
    if started is None or moment > started:
        return moment
    return started + late(watched.name, started, rhythm.spread)


def _planned(watched: Watched, rhythm: Rhythm, now: datetime) -> datetime:
    past = watched.past
    if past.last is None:
        return rhythm.started or now
    if past.unconfirmed and watched.confirm is not None:
        return past.last + watched.confirm
    if isinstance(watched.pace, Cron):
        moment = watched.pace.after(past.last)
        return moment + late(watched.name, moment, rhythm.jitter * (watched.pace.after(moment) - moment))
    every = adapted(watched.pace, past, rhythm.limits, now)
    return past.last + every + late(watched.name, past.last, every * rhythm.jitter)


def due(items: Iterable[T], watched_of: Callable[[T], Watched], *, now: datetime, rhythm: Rhythm) -> Sequence[T]:
    """The items to visit now: the longest waiting first, but the hosts in turn, so that none has to wait for another.

    Terms never visited come first.
    """
    waiting: dict[str, list[tuple[bool, datetime, int, T]]] = defaultdict(list)
    for index, item in enumerate(items):
        watched = watched_of(item)
        moment = next_visit(watched, rhythm, now)
        if moment <= now:
            waiting[watched.host].append((watched.past.last is not None, moment, index, item))
    queues = [sorted(queue, key=lambda entry: entry[:3]) for queue in waiting.values()]
    queues.sort(key=lambda queue: queue[0][:3])
    return [entry[3] for turn in zip_longest(*queues) for entry in turn if entry is not None]
