"""Quoting: a sentence around the words that matter in it."""

from typing import Final

from markupsafe import Markup

from alerts.clean import clean
from alerts.shorten import shorten_around
from clausewatch.web.redline import highlighted

QUOTE: Final = 320
"""Characters of a quotation in a list."""


def short_quote(sentence: str, evidence: str) -> Markup:
    """A sentence as a list quotes it: around the words that raised the flag, which are marked."""
    return highlighted(shorten_around(clean(sentence), clean(evidence), QUOTE), [evidence])
