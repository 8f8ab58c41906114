"""Days and moments as typed on the command line."""

import re
from datetime import UTC, datetime, timedelta

from clausewatch.errors import UsageError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SWAPPED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_PART = re.compile(r"\d{4}(-\d{1,2})?")

_FORM = "write it as 2025-11-04 or 2025-11-04T12:30"


def moment(text: str, option: str) -> datetime:
    """A day or moment in ISO 8601; a day is its first moment, and without a zone it is UTC. Raises UsageError.

    >>> moment("2025-11-04", "--since")
    datetime.datetime(2025, 11, 4, 0, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refused(text, option) from error


def last_moment(text: str, option: str) -> datetime:
    """The same, but a day without an hour is its last moment, so that what came on that day counts.

    >>> last_moment("2025-11-04", "--at").isoformat()
    '2025-11-04T23:59:59.999999+00:00'
    """
    found = moment(text, option)
    return found + timedelta(days=1, microseconds=-1) if is_day(text) and found.year < 9999 else found


def is_day(text: str) -> bool:
    """Whether a day is named without an hour."""
    return _DAY.fullmatch(text) is not None


def _refused(text: str, option: str) -> UsageError:
    swapped = _SWAPPED.fullmatch(text)
    if swapped:
        one, other, year = int(swapped[1]), int(swapped[2]), swapped[3]
        readings = [f"{year}-{month:02}-{day:02}" for day, month in ((one, other), (other, one)) if 1 <= month <= 12]
        readings = list(dict.fromkeys(reading for reading in readings if _is_date(reading)))
        if len(readings) == 2:
            return UsageError(option, f"{text!r} is ambiguous", f"write {readings[0]} or {readings[1]}")
        if readings:
            return UsageError(option, f"{text!r} is not in the order year, month, day", f"write {readings[0]}")
    if _PART.fullmatch(text):
        return UsageError(option, f"{text!r} names no day", f"{_FORM.replace('2025', text[:4])}")
    return UsageError(option, f"{text[:40]!r} is no date", _FORM)


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
