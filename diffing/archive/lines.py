"""Lines: where the passages of a text start.

Edits and facts point at passages by their number. How a text falls into passages is our own reading and may be read
better one day; its lines are the publisher's. So the archive keeps lines and turns them into numbers on reading.
"""

from functools import cached_property

from diffing.passages import Passages, passages


class Lines:
    """The passages of one text, in order, and the lines they start on, read when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def passages(self) -> Passages:
        """The passages of the text."""
        return passages(self._text)

    def start(self, number: int) -> int:
        """The line a passage starts on."""
        return self.passages.line(number)

    def number(self, line: int) -> int:
        """The passage that starts on that line, or else the last one before it."""
        return self.passages.starting(line)
