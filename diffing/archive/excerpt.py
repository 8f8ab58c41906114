"""Excerpt: the part of a passage in which what was searched for stands, with the words that were found."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from diffing.archive.question import Term, fold

LONG = 40
"""Words of a passage that are shown around what was found."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of an excerpt. found: whether it is what was searched for."""

    text: str
    found: bool


def excerpt(text: str, terms: Sequence[Term], *, long: int = LONG) -> tuple[Part, ...]:
    """The stretch of a passage with the most of the terms; "…" stands where words are left out.

    >>> from diffing.archive.question import question
    >>> [(p.text, p.found) for p in excerpt("Nous entraînons nos modèles.", question("entrain*").terms)]
    [('Nous ', False), ('entraînons', True), (' nos modèles.', False)]
    """
    names = _WORD.findall(text)
    hits = _hits([fold(name) for name in names], terms)
    first = _best_start(hits, len(names), long)
    # Where each word stands is asked for no more words than are shown: some passages are tables of thousands.
    shown = list(islice(_WORD.finditer(text), first, first + long))
    start = shown[0].start() if first else 0
    end = shown[-1].end() if first + long < len(names) else len(text)
    parts = [Part(text="… ", found=False)] if first else []
    at = start
    for number, word in enumerate(shown, first):
        if number in hits:
            parts += [Part(text=text[at : word.start()], found=False), Part(text=word[0], found=True)]
            at = word.end()
    parts += [Part(text=text[at:end], found=False), Part(text=" …" if end < len(text) else "", found=False)]
    return tuple(part for part in parts if part.text)


def _hits(words: Sequence[str], terms: Sequence[Term]) -> set[int]:
    """The places of words that a term found."""
    found: set[int] = set()
    for term in terms:
        *whole, last = term.words
        if not whole:
            ends = (at for at, word in enumerate(words) if (word.startswith(last) if term.start else word == last))
            found.update(ends)
            continue
        size = len(term.words)
        for end in range(size - 1, len(words)):
            fits = words[end].startswith(last) if term.start else words[end] == last
            if fits and list(words[end - size + 1 : end]) == whole:
                found.update(range(end - size + 1, end + 1))
    return found


def _best_start(hits: set[int], count: int, long: int) -> int:
    """Where to begin so that the most of what was found is shown, with some words before it."""
    if count <= long or not hits:
        return 0
    places = sorted(hits)
    reach = long - long // 4
    best = max(places, key=lambda at: bisect_left(places, at + reach) - bisect_left(places, at))
    return max(0, min(best - long // 4, count - long))
