"""Vocabulary: which tokens of a sentence belong to which word class."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from diffing.topics.tokens import Token, tokens

LEAST_PREFIX = 3
"""Fewest letters before the star of "improv*"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of a word class; first and stop: its tokens, stop excluded."""

    first: int
    stop: int


Mentions = Mapping[str, Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[tuple[str, bool], ...]
    name: str


class Vocabulary:
    """Word classes compiled for one pass over a sentence: time grows with its length, not with the vocabulary.

    classes: name -> phrases; "improv*" stands for every word that begins so. Of several phrases that begin at the same
    word, the longest wins over shorter ones of other classes, so that "AI-generated" need not count as "AI".
    apart: a word belongs to one phrase only, the leftmost, so that "business models" hides its "models".
    free: classes whose phrases count beside a longer one of another class: "not" in "not to use".
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], *, apart: bool, free: Collection[str] = ()) -> None:
        self._apart = apart
        self._free = frozenset(free)
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._prefix: dict[str, list[_Phrase]] = defaultdict(list)
        for name, phrases in classes.items():
            for phrase in phrases:
                self._add(name, phrase)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._starting = lru_cache(maxsize=1 << 13)(self._sought)

    def _add(self, name: str, phrase: str) -> None:
        words = tuple(
            (form.form, starred)
            for part in phrase.split()
            for starred in (part.endswith("*"),)
            for form in tokens(part.rstrip("*"))
        )
        if words:
            (self._prefix if words[0][1] else self._exact)[words[0][0]].append(_Phrase(words, name))

    def mentions(self, found: Sequence[Token]) -> Mentions:
        """Where the phrases of each class stand, in order."""
        out: dict[str, list[Mention]] = defaultdict(list)
        covered = 0
        for first, token in enumerate(found):
            if first < covered or not (starting := self._starting(token.form)):
                continue
            fit: dict[str, int] = {}
            for phrase in starting:
                length = len(phrase.words)
                if fit and length not in fit.values() and phrase.name not in self._free:
                    continue
                if phrase.name not in fit and (length == 1 or _fits(phrase, found, first)):
                    fit[phrase.name] = length
            for name, length in fit.items():
                out[name].append(Mention(first, first + length))
                covered = first + length if self._apart else 0
        return out

    def _sought(self, form: str) -> tuple[_Phrase, ...]:
        """Phrases that begin with this word, the longest first."""
        starting = self._exact.get(form, [])
        for length in self._lengths:
            if length > len(form):
                break
            more = self._prefix.get(form[:length])
            if more:
                starting = starting + more
        return tuple(sorted(starting, key=lambda phrase: -len(phrase.words)))


def _fits(phrase: _Phrase, found: Sequence[Token], first: int) -> bool:
    if first + len(phrase.words) > len(found):
        return False
    for k in range(1, len(phrase.words)):
        word, starred = phrase.words[k]
        form = found[first + k].form
        if form != word and not (starred and form.startswith(word)):
            return False
    return True
