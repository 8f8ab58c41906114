"""Skeleton of a text: the words alone, so that what looks alike compares alike."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = re.compile("(?<=\\w)[\u2018\u2019\u02bc\u2032\u00b4](?=\\w)")
_DRESS = re.compile("[“”„‘’‚«»‹›–—‐‑‒…•·‣\u00a0\u2009\u202f]")
"""Quotes, dashes, bullets and spaces that no word keeps; without them most texts are plain ASCII, which is quicker."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*+|[^\w\s]")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*+|[%@&$+<=>]")
_NUMBERING = re.compile(
    r"""
    \s*+
    (?:
      (?:(?:section|article|clause|chapter|part|annex|schedule|titre|chapitre|annexe|partie)\s++|§\s*+)
        (?:\d{1,3}(?:\.\d{1,3})*+|[ivxlc]{1,6})(?=[\s.:)–—-]|$)[\s.:)–—-]*+
    | [(\[]?(?:\d{1,3}(?:\.\d{1,3})*+|[a-z]|[ivxlc]{1,6})[)\]][\s.]*+
    | (?:\d{1,3}(?:\.\d{1,3})*+|[a-z]|[ivxlc]{1,6})\.\s++
    | \d{1,3}(?:\.\d{1,3})++\s++(?!(?-i:[a-zß-öø-ÿ]))
    | [•·▪◦‣–—-]\s++
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


CACHED = 20_000
"""Characters up to which a skeleton is remembered, so that giant lines do not fill the memory."""


def skeleton(text: str) -> str:
    """The words of a text without what is only dress, joined by spaces; two texts with equal ones differ cosmetically.

    Gone are white space, case, punctuation, quotes and dashes of every shape, invisible characters and the number or
    bullet it opens with ("5.2", "(a)", "Article 3 –"). Currency, percent and other signs that carry meaning stay.

    >>> skeleton("5.2  Third\u2011party “cookies”")
    'third party cookies'
    >>> skeleton("(b) third-party 'Cookies';")
    'third party cookies'
    >>> skeleton("50 % of $10, we're told") == skeleton("50% of $10 we’re told")
    True
    >>> skeleton("1.5 million people")
    '1 5 million people'
    """
    return _remembered(text) if len(text) <= CACHED else _skeleton(text)


def _skeleton(text: str) -> str:
    folded = unicodedata.normalize("NFC", text)
    if not folded.isascii():
        folded = _APOSTROPHES.sub("'", _INVISIBLE.sub("", folded))
    numbering = _NUMBERING.match(folded)
    return _words(folded[numbering.end() :] if numbering else folded) or _words(folded)


def _words(text: str) -> str:
    text = text if text.isascii() else _DRESS.sub(" ", text)
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return " ".join(word for word in _WORD.findall(text.casefold()) if word[0].isalnum() or _means(word))


def _means(sign: str) -> bool:
    return sign in "%@&" or (sign not in "|^`~" and unicodedata.category(sign)[0] in "SNM")


_remembered = lru_cache(maxsize=1 << 12)(_skeleton)
