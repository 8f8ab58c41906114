"""Legal basis: what law the publisher says it relies on."""

import re
from collections.abc import Iterator

from diffing.fact import FactName
from diffing.facts.polarity import state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import names, words

_UNLESS_CONSENT = re.compile(r"(?:without|unless|sans|sauf|only|uniquement)\b", re.IGNORECASE)
"""Consent is a basis in these words only where the rest is refused: "not without your consent"."""


def bare(heading: str, language: str) -> bool:
    """Whether a text is nothing but the name of a legal basis, as headings are.

    >>> bare("4.2 Consent", "en"), bare("Your consent and the weather", "en")
    (True, False)
    """
    text = heading.strip(" .:0123456789)(")
    return any(words("named_bases", basis, language).fullmatch(text) for basis in names("legal_basis"))


def legal_bases(text: Text, language: str, *, named: bool = False) -> Iterator[Reading]:
    """The legal bases the text names and does not deny. named: it is about legal bases, so the bare word is enough."""
    for basis in names("legal_basis"):
        if named:
            for name in words("named_bases", basis, language).finditer(text.words):
                yield text.reading(FactName.LEGAL_BASIS, basis, name.start(), name.end())
        for found in words("legal_basis", basis, language).finditer(text.words):
            negated = state_at(text.words, found.start(), language).negated
            if negated == bool(_UNLESS_CONSENT.match(found[0])):
                yield text.reading(FactName.LEGAL_BASIS, basis, found.start(), found.end())
