"""Replies: a quick look whether a yes or no answers something."""

import re
from collections.abc import Iterable


class Replies:
    """A language's words for yes and no, where a stop or nothing follows them.

    phrases: both kinds; with none of them nothing is a reply.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        words = sorted(phrases, key=len, reverse=True)
        self._initials = frozenset(initial for word in words for initial in (word[0].lower(), word[0].upper()))
        spelled = "|".join(map(re.escape, words)) or r"(?!)"
        self._reply = re.compile(rf"(?:\A|[|?] ?)(?:{spelled})(?=\s*(?:\Z|[.,;:!|/•·—–]))", re.IGNORECASE)

    def open(self, text: str) -> bool:
        """Whether a text begins with one.

        >>> Replies(["yes", "no"]).open("No, never."), Replies(["yes", "no"]).open("No data is sold.")
        (True, False)
        """
        return text[:1] in self._initials and self._reply.match(text) is not None

    def stand_in(self, text: str) -> bool:
        """Whether one opens a text, a cell in it or what follows a question in it."""
        return self.open(text) or (("|" in text or "? " in text) and self._reply.search(text) is not None)
