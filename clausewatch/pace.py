"""Pace: how often some terms are visited."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from diffing.archive.pasts import Past

STIRRED = timedelta(days=14)
"""How long after a change a text is watched more closely. Of 20,648 recorded changes in five collections, flips among
them, 75 % come within a week of the one before, 80 % within two, 85 % within a month (measured 2026-11-25)."""

AROUND = timedelta(days=2)
"""How long before and after an announced date it is watched more closely."""

QUIET, SILENT = timedelta(days=180), timedelta(days=365)
"""After so long without a change, it is visited half and a quarter as often: 3 % of the changes end a silence of half a
year, 1 % one of a year."""

CLOSER, RARER, RAREST = 0.25, 2.0, 4.0
"""Factors of the interval for each of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """Moments by a cron expression of five fields, as the clocks of a time zone show them.

    An hour that the change to summer time skips is made up for right after it.
    """

    expression: str
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first moment after this one; aware, in UTC."""
        return next(CronSim(self.expression, moment.astimezone(self.zone))).astimezone(moment.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Between which intervals the pace adapts; where they are equal to the interval, it does not."""

    fastest: timedelta
    slowest: timedelta


def adapted(every: timedelta, past: Past, limits: Limits | None, now: datetime) -> timedelta:
    """The interval that fits what is known: shorter after a change and around an announced date, longer in silence.

    Never shorter than the fastest nor longer than the slowest, unless `every` itself is.
    """
    if limits is None:
        return every
    fitted = every * _factor(past, now)
    return max(min(fitted, max(limits.slowest, every)), min(limits.fastest, every))


def _factor(past: Past, now: datetime) -> float:
    if past.changed is not None and now - past.changed <= STIRRED:
        return CLOSER
    if any(abs(now - moment) <= AROUND for moment in past.announced):
        return CLOSER
    since = past.changed or past.first
    if since is None or now - since < QUIET:
        return 1.0
    return RARER if now - since < SILENT else RAREST


def late(name: str, moment: datetime, most: timedelta) -> timedelta:
    """How late a visit comes, from nothing to `most`: the same for the same name and moment, so that a restart does
    not draw again and terms first visited together drift apart."""
    digest = hashlib.sha256(f"{name}\0{moment.isoformat()}".encode()).digest()
    return most * (int.from_bytes(digest[:4], "big") / 2**32)
