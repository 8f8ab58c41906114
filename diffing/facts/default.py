"""Default: whether it is on or off for those who do nothing, where the text says so."""

from collections.abc import Iterator

from diffing.fact import FactName
from diffing.facts.polarity import state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import words

NEAR = 5
"""Characters before "opted out by default" in which a "not" turns it round."""


def defaults(text: Text, language: str) -> Iterator[Reading]:
    """Say whether it is on or off for those who do nothing; neither where the text says both of different things.

    "on by default" and "unless you opt out" are on, their opposites off; "on by default" under a "not" is neither.
    """
    on, off = _on(text, language), _off(text, language)
    for value, span in (("on", on), ("off", off)):
        if span and not (on and off):
            yield text.reading(FactName.DEFAULT, value, *span)


def _on(text: Text, language: str) -> tuple[int, int] | None:
    unobjected = words("routes", language, "unobjected").search(text.words)
    if unobjected:
        return unobjected.span()
    for found in words("routes", language, "default_on").finditer(text.words):
        if not state_at(text.words, found.start(), language).negated:
            return found.span()
    return None


def _off(text: Text, language: str) -> tuple[int, int] | None:
    for found in words("routes", language, "default_off").finditer(text.words):
        if not words("cues", language, "negation").search(text.words, max(0, found.start() - NEAR), found.start()):
            return found.span()
    return None
