"""Lines: where the passages of a text start.

Edits and facts point at passages by their number. How a text falls into passages is our own reading and may be read
better one day; its lines are the publisher's. So the archive keeps lines and turns them into numbers on reading.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from diffing.passage import Passage
from diffing.passages import passages


class Lines:
    """The passages of one text, in order, and the lines they start on, read when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """The passages of the text."""
        return passages(self._text)

    @cached_property
    def starts(self) -> list[int]:
        """The line each of them starts on."""
        return passages(self._text).lines

    def number(self, line: int) -> int:
        """The passage that starts on that line, or else the last one before it."""
        return max(bisect_right(self.starts, line) - 1, 0)
