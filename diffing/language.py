"""Language: which language a text is written in."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from diffing.block import has_words, text_of
from diffing.passages import blocks

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "no",
    "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk", "ru", "ar", "he", "hi", "id", "ja", "ko", "th", "vi", "zh",
)  # fmt: skip
"""Languages told apart: those of the EU and the largest others. Fewer candidates make short texts safer."""

SAMPLE = 800
"""Characters looked at."""

BEGINNING = 8_000
"""Characters in which the sample mostly lies: the rest need not be cut into blocks."""

LONG = 80
"""Characters from which a passage is prose rather than a menu or a title; prose is looked at first."""

SHORTEST = 40
"""Fewest letters a guess is made from."""

SURE = 0.9
"""Least probability."""


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Load the model on first use; it takes a third of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    full = LanguageIdentifier.from_model_file(MODEL_FILE)
    full.set_languages(LANGUAGES)
    # a new one of its parts, so that those of the other languages, 20 MB, are not kept
    parts = full.nb_ptc, full.nb_pc, full.nb_classes, full.tk_nextmove, full.tk_output
    return LanguageIdentifier(*parts, norm_probs=True, tk_row=full.tk_row)


def language_of(markdown: str) -> str:
    """ISO 639-1 code of the language a version is written in, "" when it is too short to tell or the guess is unsure.

    Looks at the first passages of prose, without addresses and markup; where there is no prose, at the first of any.

    >>> language_of("Nous utilisons vos données pour améliorer nos services et pour vous montrer des annonces.")
    'fr'
    >>> language_of("OK")
    ''
    """
    return _language_of(markdown)


@lru_cache(maxsize=8)
def _language_of(markdown: str) -> str:
    sample = _sample(markdown, LONG) or _sample(markdown, 1)
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return ""
    return _classified(sample)


@lru_cache(maxsize=1 << 10)
def _classified(sample: str) -> str:
    """The language of a sample, remembered: most versions of a text begin alike."""
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= SURE else ""


def _sample(markdown: str, shortest: int) -> str:
    sample = ""
    if len(markdown) > BEGINNING:
        sample = _joined(blocks(markdown[:BEGINNING])[:-2], shortest)  # what is cut off may belong to the last ones
    if len(sample) < SAMPLE:
        sample = _joined(blocks(markdown), shortest)
    return sample.lower() if sum(map(str.isupper, sample)) * 2 > len(sample) else sample


def _joined(parts: Iterable[str], shortest: int) -> str:
    """The words of the first blocks that are long enough, up to the size of a sample."""
    sample = ""
    for block in parts:
        if len(block) >= shortest and has_words(block) and len(text := text_of(block)) >= shortest:
            sample += f"{text[: SAMPLE - len(sample)]} "
            if len(sample) >= SAMPLE:
                break
    return sample
