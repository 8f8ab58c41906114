"""Times of a reader's day: when a digest is made up, when it is quiet, what day it is. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Digest(StrEnum):
    """How often alerts are told together."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a digest is made up. weekday: 0 is Monday; of a WEEKLY one only. zone: the reader's."""

    every: Digest
    at: time
    zone: ZoneInfo
    weekday: int = 0

    def next(self, after: datetime) -> datetime:
        """Return the first moment of this rhythm later than `after` (aware); in UTC.

        An hour that a change of the clocks skips is taken as much later; one that comes twice, the first time.

        >>> Rhythm(every=Digest.WEEKLY, at=time(8), zone=ZoneInfo("Europe/Paris"), weekday=0).next(
        ...     datetime(2025, 10, 22, tzinfo=UTC)
        ... ).isoformat()
        '2025-10-27T07:00:00+00:00'
        """
        day = after.astimezone(self.zone).date()
        for ahead in range(9):
            found = moment(day + timedelta(days=ahead), self.at, self.zone)
            on_day = self.every is Digest.DAILY or (day + timedelta(days=ahead)).weekday() == self.weekday
            if on_day and found > after:
                return found
        raise AssertionError("a week has every weekday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nothing is sent, from `start` up to `end`, over midnight when `end` is the earlier."""

    start: time
    end: time
    zone: ZoneInfo

    def until(self, now: datetime) -> datetime | None:
        """Say until when (UTC) it is quiet, None when it is not.

        >>> night = Quiet(start=time(22), end=time(7), zone=ZoneInfo("Europe/Paris"))
        >>> night.until(datetime(2025, 11, 3, 23, 30, tzinfo=UTC)).isoformat()
        '2025-11-04T06:00:00+00:00'
        >>> night.until(datetime(2025, 11, 4, 6, 0, tzinfo=UTC)) is None
        True
        """
        today = now.astimezone(self.zone).date()
        for day in (today - timedelta(days=1), today):
            begins = moment(day, self.start, self.zone)
            ends = moment(day + timedelta(days=1 if self.end <= self.start else 0), self.end, self.zone)
            if begins <= now < ends:
                return ends
        return None


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a wall clock, in UTC."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
