"""Hours: times of day, time zones and spans, checked when the file is read and not when the alarm should ring."""

import re
from datetime import time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

SECONDS = {"m": 60, "h": 3600, "d": 86400}


def clock(text: str) -> time:
    """Read "08:30". Raises ValueError.

    >>> clock("08:30")
    datetime.time(8, 30)
    """
    found = re.fullmatch(r"(\d{1,2}):(\d\d)", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError('is no time of day; write it like "08:30"')
    return time(int(found[1]), int(found[2]))


def hours(text: str) -> tuple[time, time]:
    """Read "22:00-07:00". Raises ValueError.

    >>> hours("22:00-07:00")
    (datetime.time(22, 0), datetime.time(7, 0))
    """
    start, dash, end = text.partition("-")
    if not dash or clock(start.strip()) == clock(end.strip()):
        raise ValueError('are no hours; write them like "22:00-07:00"')
    return clock(start.strip()), clock(end.strip())


def span(text: str) -> timedelta:
    """Read "10m", "1h" or "2d". Raises ValueError.

    >>> span("1h")
    datetime.timedelta(seconds=3600)
    """
    found = re.fullmatch(r"([1-9]\d{0,3})([mhd])", text)
    if not found:
        raise ValueError("is no span of time; write a number and m, h or d: 1h")
    return timedelta(seconds=int(found[1]) * SECONDS[found[2]])


def zone(text: str) -> ZoneInfo:
    """Read "Europe/Paris". Raises ValueError."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is no time zone; write it like Europe/Paris, or UTC") from error


def _clock(text: str) -> str:
    clock(text)
    return text


def _hours(text: str) -> str:
    if text:
        hours(text)
    return text


def _span(text: str) -> str:
    span(text)
    return text


def _zone(text: str) -> str:
    if text:
        zone(text)
    return text


Clock = Annotated[str, AfterValidator(_clock)]
Hours = Annotated[str, AfterValidator(_hours)]
Span = Annotated[str, AfterValidator(_span)]
Zone = Annotated[str, AfterValidator(_zone)]
