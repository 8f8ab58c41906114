"""Excerpt: the part of a passage in which what was searched for stands, with the words that were found."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
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


def _hits(words: Sequence[str], terms: Sequence[Term]) -> dict[int, int]:
    """The places of words that a term found, each with the number of the term."""
    found: dict[int, int] = {}
    for number, term in enumerate(terms):
        *whole, last = term.words
        if not whole:
            ends = (at for at, word in enumerate(words) if (word.startswith(last) if term.start else word == last))
            found.update(dict.fromkeys(ends, number))
            continue
        size = len(term.words)
        for end in range(size - 1, len(words)):
            fits = words[end].startswith(last) if term.start else words[end] == last
            if fits and list(words[end - size + 1 : end]) == whole:
                found.update(dict.fromkeys(range(end - size + 1, end + 1), number))
    return found


def _best_start(hits: Mapping[int, int], count: int, long: int) -> int:
    """Where to begin so that the most terms are shown, and of them the most places, with some words before."""
    if count <= long or not hits:
        return 0
    places = sorted(hits)
    reach = long - long // 4
    best, most = 0, (0, 0)
    inside: Counter[int] = Counter()
    end = 0
    for at in places:
        while end < len(places) and places[end] < at + reach:
            inside[hits[places[end]]] += 1
            end += 1
        shown = (len(inside), inside.total())
        if shown > most:
            best, most = at, shown
        inside -= Counter({hits[at]: 1})
    return max(0, min(best - long // 4, count - long))
