"""Cues: a quick look whether a text can say anything about a topic."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import NamedTuple

from diffing.topics.tokens import STOPS, forms, tokens

Word = tuple[str, bool]
"""A folded word, and whether it stands for every word that begins so."""

CACHED = 2_000
"""Characters up to which the answer for a text is remembered: a passage is asked about more than once."""

MOST_DULL = 1 << 14
"""Words remembered as saying nothing."""


class _Cue(NamedTuple):
    """A phrase by its longest word: its class, and the other words and beginnings of words that must stand beside."""

    bit: int
    words: frozenset[str]
    begun: tuple[str, ...]

    def stands(self, said: frozenset[str]) -> bool:
        """Whether the others are among these words."""
        return self.words <= said and all(any(word.startswith(each) for word in said) for each in self.begun)


class _Sought(NamedTuple):
    """The classes whose phrases a word may be the longest of, a bit each.

    may: all of them. surely: those with a phrase of this word alone. partly: the others, with what else of the phrase
    must stand beside it.
    """

    may: int
    surely: int
    partly: tuple[_Cue, ...]


_NOTHING = _Sought(0, 0, ())


class Cues:
    """Of some rule's both core classes a phrase must stand in the text, its words in any order.

    words: name of a class -> its phrases. cores: the two classes of each rule (twice the same for a rule of one).
    Cheap by intent: each form is looked up once, by the longest word of each phrase, no clause work. It may say yes in
    vain, never no in vain.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], cores: Iterable[tuple[str, str]]) -> None:
        pairs = frozenset(cores)
        bits = {name: 1 << at for at, name in enumerate(sorted({name for core in pairs for name in core}))}
        self._cores = frozenset(bits[first] | bits[second] for first, second in pairs)
        self._exact: dict[str, list[_Cue]] = {}
        self._begun: dict[str, list[_Cue]] = {}
        for name, bit in bits.items():
            for phrase in words[name]:
                longest, *others = sorted(_forms(phrase), key=lambda word: -len(word[0]))
                cues = self._begun if longest[1] else self._exact
                whole = frozenset(word for word, starred in others if not starred)
                cues.setdefault(longest[0], []).append(
                    _Cue(bit, whole, tuple(word for word, starred in others if starred))
                )
        self._lengths = sorted({len(beginning) for beginning in self._begun})
        self._shortest = self._lengths[0] if self._lengths else 0
        self._openings = {beginning[: self._shortest] for beginning in self._begun}
        self._sought = lru_cache(maxsize=1 << 12)(self._look_up)
        self._dull: set[str] = set()
        self._met_before = lru_cache(maxsize=1 << 11)(self._met)

    def met(self, text: str) -> bool:
        """Whether both core classes of some rule may have a phrase in the text."""
        if not self._cores:
            return False
        return self._met_before(text) if len(text) <= CACHED else self._met(text)

    def _met(self, text: str) -> bool:
        said = forms(text)
        may = surely = 0
        partly: list[_Cue] = []
        for form in said - self._dull:
            sought = self._sought(form)
            if not sought.may:
                self._pass_over(form)
            may |= sought.may
            surely |= sought.surely
            partly += sought.partly
        hoped = [core for core in self._cores if may & core == core]
        wanted = reduce(or_, hoped, 0) & ~surely
        for cue in partly if hoped else ():
            if wanted & cue.bit and cue.stands(said):
                surely |= cue.bit
                wanted &= ~cue.bit
        return any(surely & core == core for core in hoped)

    def _pass_over(self, form: str) -> None:
        if len(self._dull) >= MOST_DULL:
            self._dull.clear()
        self._dull.add(form)

    def _look_up(self, form: str) -> _Sought:
        """The phrases of which this word is the longest."""
        cues = self._exact.get(form, [])
        if form[: self._shortest] in self._openings:
            begun = (self._begun.get(form[:length], ()) for length in self._lengths if length <= len(form))
            cues = [*cues, *chain.from_iterable(begun)]
        if not cues:
            return _NOTHING
        surely = reduce(or_, (cue.bit for cue in cues if not cue.words and not cue.begun), 0)
        may = reduce(or_, (cue.bit for cue in cues), 0)
        return _Sought(may, surely, tuple(dict.fromkeys(cue for cue in cues if not surely & cue.bit)))


def _forms(phrase: str) -> Iterator[Word]:
    """The words of a phrase."""
    for part in phrase.split():
        for token in tokens(part.rstrip("*")):
            if token.form not in STOPS:
                yield token.form, part.endswith("*")
