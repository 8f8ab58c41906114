"""Cues: a quick look whether a text can say anything about a topic."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from diffing.topics.tokens import forms, tokens


class Cues:
    """The longest word of each phrase of the core classes; of some rule's both classes one must stand in the text.

    words: name of a class -> its phrases. cores: the two classes of each rule (twice the same for a rule of one).
    Cheap by intent: each form is looked up once, no clause work. It may say yes in vain, never no in vain.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], cores: Iterable[tuple[str, str]]) -> None:
        self._cores = frozenset(cores)
        self._exact: dict[str, set[str]] = {}
        self._begun: dict[str, set[str]] = {}
        for name in {name for core in self._cores for name in core}:
            for phrase in words[name]:
                form, begun = max(_forms(phrase), key=lambda pair: len(pair[0]))
                (self._begun if begun else self._exact).setdefault(form, set()).add(name)
        self._lengths = sorted({len(beginning) for beginning in self._begun})
        self._classes = lru_cache(maxsize=1 << 15)(self._sought)

    def met(self, text: str) -> bool:
        """Whether both core classes of some rule may have a word in the text."""
        found = frozenset[str]().union(*map(self._classes, forms(text)))
        return any(first in found and second in found for first, second in self._cores)

    def _sought(self, form: str) -> frozenset[str]:
        """Classes of whose phrases this word is the longest."""
        begun = (self._begun.get(form[:length], ()) for length in self._lengths if length <= len(form))
        return frozenset(self._exact.get(form, ())).union(*begun)


def _forms(phrase: str) -> Iterator[tuple[str, bool]]:
    """The words of a phrase, and whether each is a beginning only."""
    for part in phrase.split():
        for token in tokens(part.rstrip("*")):
            yield token.form, part.endswith("*")
