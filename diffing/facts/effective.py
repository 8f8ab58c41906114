"""Effective dates and deadlines: from when a change holds, and until when one can object."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from diffing.fact import FactName
from diffing.facts.dates import mentions
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import lines, words

CONTEXT = 120
"""Characters looked at before and after a date, inside its sentence."""

CLAUSE = 60
"""Characters before the deadline's own words in which a beginning ("will not start before") is looked for."""

_GAP = (
    r"[\s:–—,(*_-]{0,4}(?:(?:\w+day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w{2,8}tag|Mittwoch|\w{2,6}dag"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|\w{3,6}dì|sabato|domenica|\w{5,7}-feira)"
    r"[,\s]{1,2}(?:(?:le|el|dem|den|de|dia)\s)?)?"
)
"""What may stand between a cue and its date: signs, and the day of the week."""


def effective_dates(text: Text, language: str, observed_on: date, *, told: bool) -> Iterator[Reading]:
    """Dates from which the text says it holds.

    told: the text is a flagged one, where "from 3 November we will" counts; else only what announces itself
    ("effective", "takes effect") or an update of the terms is read.
    """
    for found in mentions(text.words, language, observed_on):
        if found.day is None:
            continue
        left, right = text.words[max(0, found.start - CONTEXT) : found.start], text.words[found.end :][:CONTEXT]
        ahead = found.day >= observed_on and _ending("from_then", language).search(left)
        if _holds(left, right, language, told=told) or (ahead and (told or _titled(left, right, language))):
            yield text.reading(FactName.EFFECTIVE_DATE, found.day.isoformat(), found.start, found.end)
    yield from _after_posting(text, language, observed_on)


def deadlines(text: Text, language: str, observed_on: date) -> Iterator[Reading]:
    """Dates until which the text says one can object or opt out."""
    if not words("routes", language, "objection").search(text.words):
        return
    for found in mentions(text.words, language, observed_on):
        left = text.words[max(0, found.start - CONTEXT) : found.start]
        until = _ending("until", language).search(left)
        if found.day is None or until is None:
            continue
        clause = re.split(r"[,;]", left[: until.start()])[-1][-CLAUSE:]
        if not words("dates", language, "begins").search(clause):
            yield text.reading(FactName.OPT_OUT_BY, found.day.isoformat(), found.start, found.end)


def _titled(left: str, right: str, language: str) -> bool:
    """Whether it ends a title: "Terms of use (as of 1 October 2021)"."""
    return not right.strip(" ).") and bool(words("dates", language, "terms").search(left))


def _holds(left: str, right: str, language: str, *, told: bool) -> bool:
    if words("dates", language, "that_day").search(right):
        return True
    cue = _ending("effective", language).search(left)
    if cue:
        return not (
            words("dates", language, "not_effective").search(left[: cue.start()][-30:])
            or _of_another_text(left[: cue.start()], language)
        )
    if not _ending("starting", language).search(left):
        return False
    announces = words("dates", language, "announces")
    if not (announces.search(right) or announces.search(left)):
        return False
    return told or bool(words("dates", language, "terms").search(left + right))


def _of_another_text(left: str, language: str) -> bool:
    """Whether a law is spoken of, and not the terms: laws take effect on dates of their own."""
    laws = list(words("dates", language, "other_text").finditer(left))
    return bool(laws) and not words("dates", language, "terms").search(left, laws[-1].end())


def _after_posting(text: Text, language: str, observed_on: date) -> Iterator[Reading]:
    found = words("dates", language, "after_posting").search(text.words)
    if not found or not words("dates", language, "counted").search(text.words):
        return
    if not words("dates", language, "conditional").search(text.words):
        day = observed_on + timedelta(days=int(found["days"]))
        yield text.reading(FactName.EFFECTIVE_DATE, day.isoformat(), found.start(), found.end())


@cache
def _ending(cue: str, language: str) -> re.Pattern[str]:
    """A cue that stands right before a date."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines('dates', language, cue))}){_GAP}$", re.IGNORECASE)
