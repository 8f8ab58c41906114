"""Default: whether it is on or off for those who do nothing, where the text says so."""

from collections.abc import Iterator

from diffing.fact import FactName
from diffing.facts.polarity import state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import words


def defaults(text: Text, language: str) -> Iterator[Reading]:
    """Say whether it is on or off for those who do nothing.

    "on by default" and "unless you opt out" are on, their opposites off; "on" under a "not" is neither.
    """
    for value in ("off", "on"):
        for found in words("routes", language, f"default_{value}").finditer(text.words):
            if value == "off" or not state_at(text.words, found.start(), language).negated:
                yield text.reading(FactName.DEFAULT, value, found.start(), found.end())
                return
