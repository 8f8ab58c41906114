"""Cues: a quick look whether a text can say anything about a topic."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import re2

from diffing.topics.tokens import STOPS, fold_text, tokens

Word = tuple[str, bool]
"""A folded word, and whether it stands for every word that begins so."""

CACHED = 2_000
"""Characters up to which the answer for a text is remembered: a passage is asked about more than once."""

MEMORY = 32 << 20
"""Bytes RE2 may use for one quick look, see `_compiled`; the largest that is shipped needs four million."""

# Patterns run over UTF-8 byte by byte. They may find too much, never too little: whatever is no letter from a to z ends
# a word, and between the words of a phrase may stand anything but such letters, and what follows an apostrophe.
_LETTER = rb"[a-z\x80-\xff]"
_APOSTROPHE = rb"(?:'|\xe2\x80\x99|\xca\xbc)"
_BETWEEN = rb"(?:[^a-z]|" + _APOSTROPHE + _LETTER + rb"+)*"
_NOT = rb"(?:not|" + _LETTER + rb"*n" + _APOSTROPHE + rb"t)"
_NOTHING = rb"[^\x00-\xff]"
_DROPPED = re.compile(r"\(s\)|(?:https?://|www\.)\S+")


class Cues:
    """Of some rule's both core classes a phrase must stand in the text.

    words: name of a class -> its phrases. cores: the two classes of each rule (twice the same for a rule of one).
    Cheap by intent: one pass of RE2 over the text, no tokens, no clause work. It may say yes in vain, never no in vain.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], cores: Iterable[tuple[str, str]]) -> None:
        """enough: whether these classes, a bit each in the order of `words`, hold both of some rule."""
        self.cores = frozenset(cores)
        names = sorted({name for core in self.cores for name in core})
        self.words = {name: tuple(words[name]) for name in names}
        self._cores = frozenset(1 << names.index(first) | 1 << names.index(second) for first, second in self.cores)
        self.enough = lru_cache(maxsize=1 << 10)(self._are_enough)
        self._met_before = lru_cache(maxsize=1 << 11)(self._met)

    def met(self, text: str) -> bool:
        """Whether both core classes of some rule may have a phrase in the text."""
        if not self._cores:
            return False
        return self._met_before(text) if len(text) <= CACHED else self._met(text)

    def _met(self, text: str) -> bool:
        said = 0
        for at in self._find(_folded(text) if len(text) <= CACHED else _bytes(text)):
            said |= 1 << at
        return self.enough(said)

    def _are_enough(self, said: int) -> bool:
        """Whether these classes, a bit each, hold both of some rule."""
        return any(said & core == core for core in self._cores)

    @cached_property
    def _find(self) -> Callable[[bytes], Sequence[int]]:
        """The classes a text has a phrase of, compiled on first use: most languages are never met."""
        return _compiled([_pattern(phrases) for phrases in self.words.values()])


class Looks:
    """Several quick looks in one pass over a text."""

    def __init__(self, looks: Sequence[Cues]) -> None:
        self._looks = [cues for cues in looks if cues.cores]
        self._at = [at for at, cues in enumerate(looks) if cues.cores]
        self._met_by = lru_cache(maxsize=1 << 12)(self._are_met_by)

    def met(self, text: str) -> frozenset[int]:
        """Which of them the text meets, by number."""
        said = 0
        for at in self._find(_folded(text) if len(text) <= CACHED else _bytes(text)):
            said |= 1 << at
        return self._met_by(said)

    def _are_met_by(self, said: int) -> frozenset[int]:
        met = set()
        for at, cues in zip(self._at, self._looks, strict=True):
            if cues.enough(said & ((1 << len(cues.words)) - 1)):
                met.add(at)
            said >>= len(cues.words)
        return frozenset(met)

    @cached_property
    def _find(self) -> Callable[[bytes], Sequence[int]]:
        return _compiled([_pattern(phrases) for cues in self._looks for phrases in cues.words.values()])


@lru_cache(maxsize=64)
def together(looks: tuple[Cues, ...]) -> Looks:
    """These looks in one pass, made once."""
    return Looks(looks)


def _compiled(patterns: Sequence[bytes]) -> Callable[[bytes], Sequence[int]]:
    """Which of these patterns a text matches; all of them, where RE2 has not the memory to tell."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    every = range(len(patterns))
    sought = re2.Set.SearchSet(options)
    try:
        for pattern in patterns:
            sought.Add(pattern)
        sought.Add(b"a")  # a match that must be found, for RE2 finds nothing without the memory to look
        sought.Compile()
    except re2.error:
        return lambda text: every
    if not sought.Match(b"a"):
        return lambda text: every

    def find(text: bytes) -> Sequence[int]:
        found: Sequence[int] = sought.Match(text) or ()
        return found

    return find


def _pattern(phrases: Iterable[str]) -> bytes:
    """What finds any of these phrases in a folded text."""
    spelled = sorted({_spelled(words) for phrase in phrases if (words := list(_forms(phrase)))})
    return rb"(?:^|[^a-z])(?:" + b"|".join(spelled) + b")" if spelled else _NOTHING


def _spelled(words: Sequence[Word]) -> bytes:
    *before, (last, begun) = words
    spelled = [_whole(word, starred) for word, starred in before]
    return _BETWEEN.join([*spelled, _literal(last) if begun else _whole(last, False) + rb"(?:$|[^a-z])"])


def _whole(word: str, starred: bool) -> bytes:
    return _literal(word) + (_LETTER + b"*" if starred else b"")


def _literal(word: str) -> bytes:
    return _NOT if word == "not" else re.escape(word.encode())


def _forms(phrase: str) -> Iterator[Word]:
    """The words of a phrase."""
    for part in phrase.split():
        for token in tokens(part.rstrip("*")):
            if token.form not in STOPS:
                yield token.form, part.endswith("*")


def _bytes(text: str) -> bytes:
    """The folded text; where it holds what `tokens` drops, once more without that."""
    folded = fold_text(text)
    if "://" in folded or "www." in folded or "(s)" in folded:
        folded += "\n" + _DROPPED.sub("", folded)
    return folded.encode("utf-8", "surrogatepass")


_folded = lru_cache(maxsize=1 << 8)(_bytes)
"""A text is asked about by one topic after another."""
