"""Vocabulary: which tokens of a sentence belong to which word class."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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


class _Start(NamedTuple):
    """What begins with a word. all: its phrases, the longest first; alone: those of no other word.

    seconds, begun: the second words of the others, whole and as beginnings.
    """

    all: tuple[_Phrase, ...]
    alone: tuple[_Phrase, ...]
    seconds: frozenset[str]
    begun: tuple[str, ...]

    def goes_on(self, following: str) -> bool:
        """Whether some phrase has that as its second word."""
        return following in self.seconds or following.startswith(self.begun)


class Vocabulary:
    """Word classes compiled for one pass over a sentence: time grows with its length, not with the vocabulary.

    classes: name -> phrases; "improv*" stands for every word that begins so. Of several phrases that begin at the same
    word, the longest wins over shorter ones of other classes, so that "AI-generated" need not count as "AI".
    apart: a word belongs to one phrase only, the leftmost, so that "business models" hides its "models".
    free: classes whose phrases count beside a longer one of another class: "not" in "not to use". Of words that stand
    apart they hide none: "used to train" leaves "train" as it is.
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
        self._beginning = lru_cache(maxsize=1 << 13)(self._look_up)
        self._followed = lru_cache(maxsize=1 << 12)(self._look_up_both)

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
        last = len(found) - 1
        for first, token in enumerate(found):
            start = self._beginning(token.form)
            if start is None or first < covered:
                continue
            following = found[first + 1].form if first < last else ""
            starting = self._followed(token.form, following) if start.goes_on(following) else start.alone
            if not starting:
                continue
            fit: dict[str, int] = {}
            hiding = 0
            for phrase in starting:
                length = len(phrase.words)
                free = phrase.name in self._free
                if hiding and length != hiding and not free:
                    continue
                if phrase.name not in fit and (length < 3 or _fits(phrase, found, first)):
                    fit[phrase.name] = length
                    hiding = hiding if self._apart and free else length
            for name, length in fit.items():
                out[name].append(Mention(first, first + length))
            covered = first + hiding if self._apart else 0
        return out

    def _look_up_both(self, form: str, following: str) -> tuple[_Phrase, ...]:
        """Phrases that begin with these two words or the first alone, the longest first."""
        start = self._beginning(form)
        phrases = start.all if start else ()
        return tuple(phrase for phrase in phrases if len(phrase.words) == 1 or _is(phrase.words[1], following))

    def _look_up(self, form: str) -> _Start | None:
        """The phrases that begin with this word; None when none does."""
        starting = self._exact.get(form, [])
        for length in self._lengths:
            if length > len(form):
                break
            more = self._prefix.get(form[:length])
            if more:
                starting = starting + more
        if not starting:
            return None
        phrases = tuple(sorted(starting, key=lambda phrase: -len(phrase.words)))
        seconds = [phrase.words[1] for phrase in phrases if len(phrase.words) > 1]
        return _Start(
            phrases,
            tuple(phrase for phrase in phrases if len(phrase.words) == 1),
            frozenset(word for word, begun in seconds if not begun),
            tuple(sorted({word for word, begun in seconds if begun})),
        )


def _fits(phrase: _Phrase, found: Sequence[Token], first: int) -> bool:
    """Whether the third word of a phrase and those behind it stand there as well."""
    if first + len(phrase.words) > len(found):
        return False
    return all(_is(phrase.words[k], found[first + k].form) for k in range(2, len(phrase.words)))


def _is(word: tuple[str, bool], form: str) -> bool:
    return form == word[0] or (word[1] and form.startswith(word[0]))
