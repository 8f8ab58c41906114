"""Cues: a quick look whether a text can say anything about a topic."""

import re
from collections.abc import Iterable

from diffing.topics.tokens import fold_text, tokens


class Cues:
    """The first words of all phrases of the core classes, of which some rule's both must stand in the text.

    Cheap by intent: a scan of the text, no clause work. It may say yes in vain, never no in vain.
    """

    def __init__(self, cores: Iterable[tuple[Iterable[str], Iterable[str]]]) -> None:
        self._cores = tuple((_pattern(first), _pattern(second)) for first, second in cores)

    def met(self, text: str) -> bool:
        """Whether both core classes of some rule may have a word in the text."""
        folded = fold_text(text)
        return any(first.search(folded) and second.search(folded) for first, second in self._cores)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    words = set()
    for phrase in phrases:
        first = phrase.split()[0]
        form = tokens(first.rstrip("*"))[0].form
        words.add(re.escape(form) + ("" if first.endswith("*") else r"(?![^\W\d_])"))
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sorted(words))})")
