"""Vocabulary: the words by which pages of terms are known, in seven languages; `data/discovery/words.yaml`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import data
from data.reading import parsed

BLOG = "Blog"
_NOT_WORDS = re.compile(r"[^a-z0-9&'-]+")
_ENDING = re.compile(r"\.[a-z]{2,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of terms. words: phrases that speak of it, folded. address: parts of addresses. paths: by language."""

    name: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    address: frozenset[str]
    paths: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All kinds, and the words of links to a page that lists terms (hubs) and to terms that are to come (previews)."""

    kinds: tuple[Kind, ...]
    hub_words: frozenset[str]
    hub_address: frozenset[str]
    preview_words: re.Pattern[str]
    preview_maybe: re.Pattern[str]
    preview_address: frozenset[str]

    def kind(self, name: str) -> Kind:
        """The kind of that name."""
        return next(kind for kind in self.kinds if kind.name == name)


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    table: dict[str, Any] = parsed((data.folder("discovery") / "words.yaml").read_text(encoding="utf-8"))
    return Vocabulary(
        kinds=tuple(_kind(name, told) for name, told in table["kinds"].items()),
        hub_words=frozenset(map(fold, table["hubs"]["words"])),
        hub_address=frozenset(table["hubs"]["address"]),
        preview_words=_any_of(table["previews"]["words"]),
        preview_maybe=_any_of(table["previews"]["maybe"]),
        preview_address=frozenset(table["previews"]["address"]),
    )


def fold(text: str) -> str:
    """Words to compare: lower case, without accents and signs, single spaces.

    >>> fold("  Politique de Confidentialité…")
    'politique de confidentialite'
    """
    plain = text.casefold()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain.replace("’", "'"))
        plain = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


def segments(url: str) -> tuple[str, ...]:
    """The parts of an address's path, folded, without file endings.

    >>> segments("https://example.org/Legal/privacy_policy.html?x=1")
    ('legal', 'privacy-policy')
    """
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ()
    parts = (_ENDING.sub("", part.casefold().replace("_", "-")) for part in path.split("/"))
    return tuple(fold(part).replace(" ", "-") for part in parts if part)


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    words = [fold(word) for phrases in told["strong"].values() for word in phrases]
    return Kind(
        name=name,
        words=frozenset(words),
        pattern=_any_of(words),
        address=frozenset(told["address"]),
        paths=told["paths"],
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted({fold(word) for word in words}, key=len, reverse=True)
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![a-z0-9])")
