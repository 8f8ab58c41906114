"""Context: what stands above a passage and what it hangs from, found only where it is asked for."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from diffing.block import has_words, read, shape, text_of
from diffing.passage import PassageKind

DEEPEST = 8
"""Items above an item that its stem names, the nearest ones: a page may nest without end."""


class Context:
    """The headings of a version, and per section the openings of lists and the heads of tables.

    Nothing is read at first; a list or table when one of its items or rows is asked about, as far as that. Any thread
    may ask.
    """

    def __init__(self, blocks: Sequence[str], titles: Sequence[int]) -> None:
        """titles: the blocks, by place, of which the headings are some."""
        self._blocks = blocks
        self._titles = titles
        self._stems: dict[int, tuple[int, ...]] = {}
        self._told: dict[int, tuple[str, ...]] = {}
        self._trees: dict[int, _Tree] = {}  # by the block up to which each list or table was read
        self._reading = Lock()

    def section(self, at: int) -> tuple[str, ...]:
        """Texts of the headings above the block there, outermost first."""
        places, above, inside = self._headings
        number = bisect_right(places, at)
        return above[number - 1] if number and places[number - 1] == at else inside[number]

    def stem(self, at: int) -> tuple[str, ...]:
        """What the item or row there hangs from, as `Passage.stem` tells; nothing for other blocks."""
        told = self._told.get(at)
        if told is None:
            told = self._told[at] = self._tell(at, self._hangs_from(at))
        return told

    def _tell(self, at: int, hangs_from: tuple[int, ...]) -> tuple[str, ...]:
        if hangs_from and shape(self._blocks[at]).kind is PassageKind.ROW:
            return read(self._blocks[hangs_from[0]]).cells
        return tuple(_lead(text_of(self._blocks[place])) for place in hangs_from)

    def _hangs_from(self, at: int) -> tuple[int, ...]:
        """Read what the block there hangs from, on from where its list or table was read last: no block twice."""
        with self._reading:
            if at not in self._stems:
                opening = self._opening(at)
                tree = self._trees.pop(opening, None) or _Tree()
                for place in range(opening, at + 1):
                    self._stems[place] = tree.hang(self._blocks[place], place)
                self._trees[at + 1] = tree
            return self._stems[at]

    def _opening(self, at: int) -> int:
        """Where to begin reading to know what the block there hangs from: nothing above it matters, or it was read."""
        number = bisect_right(self._headings.places, at)
        top = self._headings.places[number - 1] + 1 if number else 0
        while at > top and at not in self._trees and not self._starts_anew(at):
            at -= 1
        return at

    def _starts_anew(self, at: int) -> bool:
        """Whether a paragraph that is not indented stands there behind a blank line: it ends every list and table."""
        return self._blocks[at][:1].isalpha() and not self._blocks[at - 1]

    @cached_property
    def _headings(self) -> "_Headings":
        found = _Headings([], [], [()])
        open_headings: list[tuple[int, str]] = []
        for at in self._titles:
            kind, level, _, _ = shape(self._blocks[at])
            if kind is PassageKind.HEADING:
                while open_headings and open_headings[-1][0] >= level:
                    open_headings.pop()
                found.places.append(at)
                found.above.append(tuple(text for _, text in open_headings))
                open_headings.append((level, text_of(self._blocks[at])))
                found.inside.append(tuple(text for _, text in open_headings))
        return found


class _Headings(NamedTuple):
    """Where the headings stand, the texts of those above each, and those above what follows each; first the start."""

    places: list[int]
    above: list[tuple[str, ...]]
    inside: list[tuple[str, ...]]


class _Tree:
    """The list or table that is open while a section is read from top to bottom."""

    def __init__(self) -> None:
        self._lead: tuple[int, ...] = ()
        self._items: list[tuple[int, int]] = []
        self._table = _Table()

    def hang(self, block: str, at: int) -> tuple[int, ...]:
        """The places of what an item or row hangs from, outermost first."""
        if not block or block.isspace():
            self._table = _Table()
            return ()
        kind, depth, _, _ = shape(block)
        if kind is None:
            self._table.head_ends()
        if kind is None or not has_words(block):
            return ()
        if kind is PassageKind.ROW:
            return self._table.row(block, at)
        return self._item(depth, at) if kind is PassageKind.ITEM else self._paragraph(block, depth, at)

    def _item(self, indent: int, at: int) -> tuple[int, ...]:
        while self._items and self._items[-1][0] >= indent:
            self._items.pop()
        stem = (*self._lead, *(place for _, place in self._items[-DEEPEST:]))
        self._items.append((indent, at))
        return stem

    def _paragraph(self, block: str, indent: int, at: int) -> tuple[int, ...]:
        """A paragraph inside an item leaves the list open; any other ends it and may open the next."""
        if not (self._items and indent > self._items[0][0]):
            self._items.clear()
            self._lead = (at,) if text_of(block)[-1] not in ".!?…" else ()
        return ()


class _Table:
    """The table that is open: its head is the row above the line, or below it the first row when all in bold."""

    def __init__(self) -> None:
        self._head: tuple[int, ...] = ()
        self._last: int | None = None
        self._blank_head = False

    def head_ends(self) -> None:
        self._head = () if self._last is None else (self._last,)
        self._blank_head = self._last is None

    def row(self, block: str, at: int) -> tuple[int, ...]:
        stem = self._head
        if self._blank_head and _all_bold(block):
            self._head = (at,)
        self._blank_head = False
        self._last = at
        return stem


def _all_bold(row: str) -> bool:
    cells = [cell for cell in map(str.strip, row.strip().strip("|").split("|")) if cell]
    return all(cell.startswith(("**", "__")) and cell.rstrip(":").endswith(("**", "__")) for cell in cells)


def _lead(text: str) -> str:
    """The sentence that opens a list: the last one of its paragraph."""
    begin = max(text.rfind(end, 0, len(text) - 1) for end in (". ", "! ", "? "))
    rest = text[begin + 2 :]
    return rest if begin >= 0 and rest[:1].isupper() else text
