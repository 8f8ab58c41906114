"""Inflections: the words of the index that are a word somebody typed in another form: trains, trained, training."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

SHORTEST: Final[Mapping[str, int]] = {"english": 3, "french": 4}
"""Letters that a word and another form of it must have: without accents "note" were a form of "not" in French."""

MOST: Final = 24
"""Forms of one word that are looked for."""

_ENDINGS: Final[Mapping[str, frozenset[str]]] = {
    "english": frozenset({"", "e", "es", "s", "ed", "d", "ing", "ings", "y", "ie", "ies", "ied"}),
    "french": frozenset({
        "", "e", "s", "es", "ee", "ees", "er", "ez", "ent", "ons", "ant", "ants", "ait", "aient", "era", "eront",
        "ement", "ements", "ir", "it", "is", "issent", "issant", "x", "al", "aux", "ale", "ales",
    }),
}  # fmt: skip
"""What may follow the stem in a form of the same word. A stem alone joins too much: "person" and "personal",
"utiliser" and "utilisateur"."""


def inflections(word: str, beginning_with: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The word and its other forms in English and French, by Snowball's stems; without accents and case.

    beginning_with: gives the words of the index that begin so.

    >>> words = ["train", "trainer", "training", "trains"]
    >>> inflections("trained", lambda start: [word for word in words if word.startswith(start)])
    ('trained', 'train', 'training', 'trains')
    """
    if len(word) < min(SHORTEST.values()) or not word.isalpha():
        return (word,)
    stems = {language: _stem(word, language) for language in _ENDINGS}
    start = min((_start(word, stem) for stem in stems.values()), key=len)
    found = [
        other
        for other in beginning_with(start)
        if other != word and any(_same(word, other, *each) for each in stems.items())
    ]
    return (word, *found[: MOST - 1])


def _same(word: str, other: str, language: str, stem: str) -> bool:
    if min(len(word), len(other)) < SHORTEST[language] or _stem(other, language) != stem:
        return False
    one, two = _ending(word, stem), _ending(other, stem)
    return {one, two} <= _ENDINGS[language] or one.rstrip("s") == two.rstrip("s")


def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # loads forty languages, which only a search needs

    return snowballstemmer.stemmer(language)


def _start(word: str, stem: str) -> str:
    """How a word begins in all its forms: "polic" of "policies", whose stem is "polici"."""
    return stem.rstrip("ei") or word


def _ending(word: str, stem: str) -> str:
    """What follows the stem, after a letter that is doubled before it: "ed" of "transferred"."""
    start = _start(word, stem)
    rest = word.removeprefix(start)
    return rest[1:] if len(rest) > 2 and rest[0] == start[-1] else rest
