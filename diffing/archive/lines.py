"""Lines: where the passages of a text start.

Edits and facts point at passages by their number. How a text falls into passages is our own reading and may be read
better one day; its lines are the publisher's. So the archive keeps lines and turns them into numbers on reading.
"""

from bisect import bisect_right

from diffing.passage import Passage
from diffing.passages import blocks, passages


class Lines:
    """The passages of one text and the lines they start on, from 0."""

    def __init__(self, text: str) -> None:
        self.passages: tuple[Passage, ...] = passages(text)
        self.starts: list[int] = []
        line = 0
        for block in blocks(text):
            number = len(self.starts)
            if number < len(self.passages) and self.passages[number].markdown == block:
                self.starts.append(line)
            line += 1 + block.count("\n")

    def number(self, line: int) -> int:
        """The passage that starts on that line, or else the last one before it."""
        return max(bisect_right(self.starts, line) - 1, 0)
