"""Locale: the words of data/locales in one reader's language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

from babel import Locale as Cldr
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from alerts.errors import BadLocale
from alerts.places import place
from data import folder
from data.reading import parsed

LANGUAGES = ("en", "fr")
"""Languages people are told in; the first is the model the others are checked against."""

FORMS = {"en": "en_GB", "fr": "fr"}
"""Whose dates and lists are written: 3 November 2025, "a, b and c"."""

_SPACED = re.compile(r"[ \u00a0\u202f]+(?=[;:?!»])|(?<=«)[ \u00a0\u202f]+")

Words: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """Words for people in one language. words: section, then key; every locale has the same."""

    language: str
    words: Words

    def text(self, section: str, key: str) -> str:
        """The words under a key. Raises KeyError for one no locale has."""
        return self.words[section][key]

    def topic(self, name: str) -> str:
        """A topic's name for people; of a user's own topic its name in words."""
        return self.words["topics"].get(name, name.replace("_", " "))

    def named(self, topic: str) -> list[str]:
        """Names of which a topic's clauses tell one; none where they tell no name."""
        return self.words["named"][topic].split(", ") if topic in self.words["named"] else []

    def effect(self, effect: str) -> str:
        """What a flag's change does, in a word or two."""
        return self.text("effects", effect)

    def outcome(self, outcome: str) -> str:
        """How a visit ended, in a word."""
        return self.text("outcomes", outcome)

    def fault(self, reason: str) -> str:
        """Why a fetch gave no text, as a sentence."""
        return self.text("faults", reason)

    def fact(self, name: str) -> str:
        """What a fact tells, as a label."""
        return self.text("facts", name)

    def category(self, name: str) -> str:
        """A category of data or people; one that another version wrote stays as it is."""
        return self.words["categories"].get(name, name)

    def legal_basis(self, name: str) -> str:
        """A legal basis; one that another version wrote stays as it is."""
        return self.words["legal_bases"].get(name, name)

    def recipient(self, name: str) -> str:
        """A group of recipients; a company stays as it is named."""
        return self.words["recipients"].get(name, name)

    def where(self, codes: Iterable[str]) -> str:
        """Regions as they end a sentence: "in the UK and Canada"; "" for none."""
        known = list(dict.fromkeys(codes))
        if "worldwide" in known:
            return self.text("words", "worldwide")
        named = [self.words["regions"].get(code) or place(code, self.language) or code for code in known]
        return self.text("words", "in_regions").format(regions=self.listed(named)) if named else ""

    def listed(self, words: Iterable[str]) -> str:
        """Words as a list in a sentence.

        >>> locale("fr").listed(["a", "b", "c"])
        'a, b et c'
        """
        return format_list(list(words), locale=FORMS[self.language])

    def day(self, day: date) -> str:
        """A day written out.

        >>> locale("en").day(date(2025, 11, 3)), locale("fr").day(date(2026, 1, 1))
        ('3 November 2025', '1er janvier 2026')
        """
        written = format_date(day, "long", locale=FORMS[self.language])
        return "1er" + written[1:] if self.language == "fr" and written.startswith("1 ") else written

    def count(self, what: str, number: int) -> str:
        """How many passages were added, removed …, in the right number.

        >>> locale("en").count("added", 1)
        '1 passage added'
        """
        form = "one" if Cldr.parse(self.language).plural_form(number) == "one" else "other"
        return self.text("counts", f"{what}_{form}").format(n=format_decimal(number, locale=FORMS[self.language]))


def typeset(text: str, language: str) -> str:
    """Put the spaces as the language wants them; a line never starts with a mark that belongs to the one before.

    In French a narrow no-break space stands before ; ? and !, a no-break space before a colon and inside « ». Words
    without a space there stay as they are, since the text may be a name or an address.

    >>> typeset("Quoi ? « Ça » : rien", "fr").split(" ")
    ['Quoi\\u202f?', '«\\xa0Ça\\xa0»\\xa0:', 'rien']
    """
    return _SPACED.sub(_space, text) if language == "fr" else text


def _space(found: re.Match[str]) -> str:
    return "\u202f" if found.string[found.end() : found.end() + 1] in (";", "?", "!") else "\u00a0"


@cache
def locale(language: str) -> Locale:
    """The locale of a language we tell in. Raises BadLocale where its file does not fit the first language's.

    >>> locale("fr").topic("ai_training")
    'entraînement d’IA'
    """
    words = read_words(folder("locales") / f"{language}.yaml")
    if language != LANGUAGES[0]:
        check_keys(locale(LANGUAGES[0]).words, words, where=f"data/locales/{language}.yaml")
    spaced = {section: {key: typeset(text, language) for key, text in keys.items()} for section, keys in words.items()}
    return Locale(language=language, words=spaced)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def read_words(path: Path) -> Words:
    """The words of a locale file. Raises BadLocale unless it is sections of keys with texts."""
    words = parsed(path.read_text(encoding="utf-8"))
    for section, keys in words.items():
        for key, text in keys.items():
            if not isinstance(key, str) or not isinstance(text, str):
                raise BadLocale(f"data/locales/{path.name}", f"{section}: {key} is no text", "put it in quotes")
    return {section: dict(keys) for section, keys in words.items()}


def check_keys(model: Words, words: Words, *, where: str) -> None:
    """Raise BadLocale where a key is missing or is in no other language."""
    expected = {(section, key) for section, keys in model.items() for key in keys}
    found = {(section, key) for section, keys in words.items() for key in keys}
    for section, key in sorted(expected - found):
        raise BadLocale(where, f"{section}: {key} is missing", "translate it from data/locales/en.yaml")
    for section, key in sorted(found - expected):
        raise BadLocale(where, f"{section}: {key} is in no other language", "remove it or add it to the others")
