"""Language: which language a text is written in."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "no",
    "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk", "ru", "ar", "he", "hi", "id", "ja", "ko", "th", "vi", "zh",
)  # fmt: skip
"""Languages told apart: those of the EU and the largest others. Fewer candidates make short texts safer."""

SAMPLE = 4000
"""Characters looked at."""

SHORTEST = 40
"""Fewest letters a guess is made from."""

SURE = 0.9
"""Least probability."""


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Load the model on first use; it takes a third of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def language_of(text: str) -> str:
    """ISO 639-1 code of the language of a text, "" when it is too short to tell or the guess is unsure.

    >>> language_of("Nous utilisons vos données pour améliorer nos services et pour vous montrer des annonces.")
    'fr'
    >>> language_of("OK")
    ''
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return ""
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= SURE else ""
