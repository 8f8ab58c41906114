"""Words: what the pages say, in a reader's language, from data/locales/web."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.units import format_unit

from alerts.locale import FORMS, LANGUAGES, Locale, Words, capital, check_keys, locale, read_words, typeset
from data import folder

DEFAULT: Final = LANGUAGES[0]
_UNITS: Final = (("digital-gigabyte", 10**9), ("digital-megabyte", 10**6), ("digital-kilobyte", 10**3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Words for the pages in one language. shared: the words alerts use too."""

    language: str
    words: Words
    shared: Locale

    def __call__(self, name: str, /, **values: object) -> str:
        """The words under "section.key" with the values put in. Raises KeyError for a name no locale has."""
        section, _, key = name.partition(".")
        text = self.words[section][key]
        return typeset(text.format(**values), self.language) if values else text

    def maybe(self, name: str, otherwise: str) -> str:
        """The words under "section.key", or others for a name that only data could have brought."""
        section, _, key = name.partition(".")
        return self.words[section].get(key, otherwise)

    def number(self, value: float) -> str:
        """A number as the language writes it: 27,617 or 27 617."""
        return format_decimal(value, locale=FORMS[self.language])

    def size(self, count: int) -> str:
        """Bytes as people read them: 17.1 MB or 17,1 Mo."""
        unit, length = next((pair for pair in _UNITS if count >= pair[1]), ("digital-kilobyte", 10**3))
        text = format_unit(round(count / length, 1), unit, length="short", locale=FORMS[self.language])
        return str(text)

    def counted(self, name: str, value: int) -> str:
        """A number with its noun, in the right number: under "counts" stand NAME_one and NAME_other."""
        one = value == 1 or (self.language == "fr" and value == 0)
        return self(f"counts.{name}_{'one' if one else 'other'}", n=self.number(value))

    def day(self, day: date | datetime) -> str:
        """A day written out: 3 November 2025. A moment's day is that in UTC."""
        return self.shared.day(day.date() if isinstance(day, datetime) else day)

    def short_day(self, day: date | datetime) -> str:
        """A day in short: 3 Nov 2025."""
        return str(format_date(day, "d MMM y", locale=FORMS[self.language]))

    def moment(self, moment: datetime) -> str:
        """A moment to the minute: 4 November 2025, 06:12 UTC."""
        return str(format_datetime(moment, "d MMMM y, HH:mm 'UTC'", locale=FORMS[self.language]))

    def month(self, month: str) -> str:
        """A month given as 2025-11, written out."""
        return str(format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale=FORMS[self.language]))

    def topic(self, name: str) -> str:
        """A topic's name for people, with a capital."""
        return capital(self.shared.topic(name))


@cache
def speech(language: str) -> Speech:
    """The words of a language. Raises BadLocale where its file does not fit the first language's."""
    words = read_words(folder("locales") / "web" / f"{language}.yaml")
    if language != DEFAULT:
        check_keys(speech(DEFAULT).words, words, where=f"data/locales/web/{language}.yaml")
    spaced = {section: {key: typeset(text, language) for key, text in keys.items()} for section, keys in words.items()}
    return Speech(language=language, words=spaced, shared=locale(language))
