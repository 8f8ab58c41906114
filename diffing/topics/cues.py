"""Cues: a quick look whether a text can say anything about a topic."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from diffing.topics.tokens import STOPS, forms, tokens

Word = tuple[str, bool]
"""A folded word, and whether it stands for every word that begins so."""

CACHED = 2_000
"""Characters up to which the answer for a text is remembered: a passage is asked about more than once."""

MOST_DULL = 1 << 14
"""Words remembered as saying nothing."""


_Cue = tuple[str, tuple[Word, ...]]
"""A class, and what else of its phrase must stand beside the longest word."""


class Cues:
    """Of some rule's both core classes a phrase must stand in the text, its words in any order.

    words: name of a class -> its phrases. cores: the two classes of each rule (twice the same for a rule of one).
    Cheap by intent: each form is looked up once, by the longest word of each phrase, no clause work. It may say yes in
    vain, never no in vain.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], cores: Iterable[tuple[str, str]]) -> None:
        self._cores = frozenset(cores)
        self._exact: dict[str, list[_Cue]] = {}
        self._begun: dict[str, list[_Cue]] = {}
        for name in sorted({name for core in self._cores for name in core}):
            for phrase in words[name]:
                longest, *others = sorted(_forms(phrase), key=lambda word: -len(word[0]))
                cues = self._begun if longest[1] else self._exact
                cues.setdefault(longest[0], []).append((name, tuple(others)))
        self._lengths = sorted({len(beginning) for beginning in self._begun})
        self._classes = lru_cache(maxsize=1 << 12)(self._sought)
        self._dull: set[str] = set()
        self._met_before = lru_cache(maxsize=1 << 11)(self._met)

    def met(self, text: str) -> bool:
        """Whether both core classes of some rule may have a phrase in the text."""
        return self._met_before(text) if len(text) <= CACHED else self._met(text)

    def _met(self, text: str) -> bool:
        said = forms(text)
        cues: list[_Cue] = []
        for form in said - self._dull:
            sought = self._classes(form)
            if not sought:
                self._pass_over(form)
            cues += sought
        if not self._speaks({name for name, _ in cues}):
            return False
        found: set[str] = set()
        for name, others in cues:
            if name not in found and (not others or _stand(others, said)):
                found.add(name)
        return self._speaks(found)

    def _speaks(self, found: set[str]) -> bool:
        return any(first in found and second in found for first, second in self._cores)

    def _pass_over(self, form: str) -> None:
        if len(self._dull) >= MOST_DULL:
            self._dull.clear()
        self._dull.add(form)

    def _sought(self, form: str) -> tuple[_Cue, ...]:
        """The phrases of which this word is the longest."""
        begun = (cue for length in self._lengths for cue in self._begun.get(form[:length], ()) if length <= len(form))
        return (*self._exact.get(form, ()), *begun)


def _stand(others: Iterable[Word], said: frozenset[str]) -> bool:
    return all(form in said or (begun and any(word.startswith(form) for word in said)) for form, begun in others)


def _forms(phrase: str) -> Iterator[Word]:
    """The words of a phrase."""
    for part in phrase.split():
        for token in tokens(part.rstrip("*")):
            if token.form not in STOPS:
                yield token.form, part.endswith("*")
