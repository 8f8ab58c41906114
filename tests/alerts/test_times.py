"""A reader's hours, also on the two nights a year when the clocks change."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from alerts.times import Digest, Quiet, Rhythm

PARIS, TOKYO = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Tokyo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2025-11-03T06:59", "2025-11-03T07:00"),
        ("2025-11-03T07:00", "2025-11-04T07:00"),
        ("2025-10-25T12:00", "2025-10-26T07:00"),
        ("2025-10-24T12:00", "2025-10-25T06:00"),
    ],
)
def test_a_daily_digest_comes_at_its_hour_on_the_readers_clock(after: str, expected: str) -> None:
    rhythm = Rhythm(every=Digest.DAILY, at=time(8), zone=PARIS)
    assert rhythm.next(at(after)) == at(expected)


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekly_digest_comes_on_its_day_within_a_week(weekday: int) -> None:
    rhythm = Rhythm(every=Digest.WEEKLY, at=time(8), zone=TOKYO, weekday=weekday)
    found = rhythm.next(at("2025-11-03T23:00"))
    assert (found.astimezone(TOKYO).weekday(), found.astimezone(TOKYO).hour) == (weekday, 8)
    assert 0 < (found - at("2025-11-03T23:00")).total_seconds() <= 7 * 86400


def test_an_hour_the_clock_change_skips_still_has_its_digest() -> None:
    rhythm = Rhythm(every=Digest.DAILY, at=time(2, 30), zone=PARIS)
    assert rhythm.next(at("2026-03-28T12:00")) == at("2026-03-29T01:30")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2025-11-03T20:59", None),
        ("2025-11-03T21:00", "2025-11-04T06:00"),
        ("2025-11-04T05:59", "2025-11-04T06:00"),
        ("2025-11-04T06:00", None),
        ("2025-10-25T23:00", "2025-10-26T06:00"),
    ],
)
def test_quiet_hours_go_over_midnight(now: str, until: str | None) -> None:
    quiet = Quiet(start=time(22), end=time(7), zone=PARIS)
    assert quiet.until(at(now)) == (at(until) if until else None)


def test_quiet_hours_within_a_day_are_over_the_same_day() -> None:
    quiet = Quiet(start=time(12), end=time(14), zone=PARIS)
    assert quiet.until(at("2025-11-03T12:00")) == at("2025-11-03T13:00")
    assert quiet.until(at("2025-11-03T13:00")) is None
