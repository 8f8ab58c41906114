"""Dates in a text: where a day is named, and which day it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

DAY_FIRST = frozenset({"fr", "de", "es", "it", "nl", "pt"})
"""Languages in which 03/11/2025 is the third of November. In English it may be either, so only 13/11/2025 is read."""

PASSED_DAYS = 92
"""A day without a year is not resolved when it was less than this many days ago: it may be the one just passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day named in a text. day: None when the words leave it open. start, end: where the words stand."""

    day: date | None
    start: int
    end: int


def mentions(text: str, language: str, observed_on: date) -> tuple[Mention, ...]:
    """Every day named in `text`, in order.

    A month and day without a year means the next one after `observed_on`, unless that day was so lately that the past
    one may be meant. English month names are read in every language: policies mix them.

    >>> mentions("From November 3, 2025, and on 1 May.", "en", date(2025, 9, 18))
    (Mention(day=datetime.date(2025, 11, 3), start=5, end=21), Mention(day=datetime.date(2026, 5, 1), start=30, end=35))
    """
    return tuple(
        Mention(day=_day(match, language, observed_on), start=match.start(), end=match.end())
        for match in _grammar(language).finditer(text)
    )


def _day(match: re.Match[str], language: str, observed_on: date) -> date | None:
    part = match.groupdict()
    if part["iso"]:
        return _date(*(int(number) for number in re.split(r"[-/]", part["iso"])))
    if part["numeric"]:
        return _numeric(part["numeric"], language)
    month = _months(language)[(part["m1"] or part["m2"]).lower()]
    day = int(part["d1"] or part["d2"])
    year = part["y1"] or part["y2"]
    return _date(int(year), month, day) if year else _next(month, day, observed_on)


def _numeric(words: str, language: str) -> date | None:
    first, second, year = (int(number) for number in re.split(r"[-/.]", words))
    if language in DAY_FIRST or "." in words or first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else None


def _next(month: int, day: int, observed_on: date) -> date | None:
    this, following = _date(observed_on.year, month, day), _date(observed_on.year + 1, month, day)
    if this is None or following is None:
        return None
    if this >= observed_on:
        return this
    return following if this < observed_on - timedelta(days=PASSED_DAYS) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months(language: str) -> dict[str, int]:
    """Number of the month by its name in lower case, in the language and in English."""
    return {"sept": 9, **_of_locale("en"), **_of_locale(language)}


def _of_locale(language: str) -> dict[str, int]:
    months = Locale.parse(language).months["format"]
    return {
        name.lower().rstrip("."): number for width in ("wide", "abbreviated") for number, name in months[width].items()
    }


def _names(language: str) -> Iterator[str]:
    """Patterns of month names, longest first. English ones must be capitalised, where they are not the language's own,
    too: "may" is a verb."""
    english = set(_months("en")) - (set(_of_locale(language)) if language != "en" else set())
    for name in sorted(_months(language), key=lambda name: (-len(name), name)):
        yield f"(?-i:{name[0].upper()}){re.escape(name[1:])}" if name in english else re.escape(name)


@cache
def _grammar(language: str) -> re.Pattern[str]:
    month = "|".join(_names(language))
    return re.compile(
        rf"""(?<![\w/.-])(?:
            (?P<iso>\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}}/\d{{2}}/\d{{2}})
            | (?P<numeric>\d{{1,2}}(?:/\d{{1,2}}/|\.\d{{1,2}}\.|-\d{{1,2}}-)\d{{4}})
            | (?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|re|\.)?\ ?(?:of\ |de\ |d['’])?(?P<m1>{month})(?!\w*[a-zà-ÿ])
                (?:\.?,?\ ?(?:de\ |del\ |of\ )?(?P<y1>\d{{4}}))?
            | (?P<m2>{month})\.?\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\ ?(?P<y2>\d{{4}}))?
        )(?!(?-i:[a-zà-ÿ])|\d|_|\.\d)""",
        re.VERBOSE | re.IGNORECASE,
    )
