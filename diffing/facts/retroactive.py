"""Retroactive: whether data from before is used too, or models trained already stay as they are."""

from collections.abc import Iterator

from diffing.fact import FactName
from diffing.facts.polarity import Zone, state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import words
from diffing.sentences import sentences

YES = "yes"
"""The only value: what the text does not say is absent."""


def retroactive(text: Text, language: str) -> Iterator[Reading]:
    """The first words that say it reaches back, quoted.

    Not what only refuses older data, makes it a condition, or speaks of deleting it.
    """
    for sentence in sentences(text.words, language):
        found = words("retroactive", language, "kept").search(sentence.text)
        span = found.span() if found else _earlier(sentence.text, language)
        if span is not None:
            yield text.reading(FactName.RETROACTIVE, YES, sentence.start + span[0], sentence.start + span[1])
            return


def _earlier(sentence: str, language: str) -> tuple[int, int] | None:
    if words("retroactive", language, "gone").search(sentence):
        return None
    for found in words("retroactive", language, "earlier").finditer(sentence):
        state = state_at(sentence, found.start(), language)
        aside = sentence[: found.start()] + " " + sentence[found.end() :]
        used = words("retroactive", language, "used").search(aside)
        if used and not state.out and not state.opted_out and state.zone is not Zone.CONDITION:
            return found.span()
    return None
