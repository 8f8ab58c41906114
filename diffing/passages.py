"""From the Markdown of a version to blocks and passages."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, overload

from diffing.block import SURELY_WORDS, has_words, read, shape
from diffing.context import Context
from diffing.ends import equal_ends
from diffing.lazy import LazyPassage
from diffing.passage import Passage, PassageKind

REMEMBERED = 1_000_000
"""Characters up to which the passages of a text are remembered for the next comparison."""

_UNDERLINE = re.compile(r"\n(?:=++|-++)[^\S\n]*+(?=\n|\Z)")


def blocks(markdown: str) -> tuple[str, ...]:
    r"""The stored units of a version: a line each, an underlined heading with its underline.

    `"\n".join(blocks(markdown)) == markdown`, byte for byte; a blank line is "".

    >>> blocks("Privacy\n=======\n\nWe keep it.\n")
    ('Privacy\n=======', '', 'We keep it.', '')
    """
    return _cut(markdown) if len(markdown) > REMEMBERED else _cut_before(markdown)


def _cut(markdown: str) -> tuple[str, ...]:
    lines = markdown.split("\n")
    out: list[str] = []
    done = at = counted = 0
    for mark in _UNDERLINE.finditer(markdown):
        at += markdown.count("\n", counted, mark.start() + 1)
        counted = mark.start() + 1
        if at > done and _underlines(lines[at], lines[at - 1]):
            out += lines[done : at - 1]
            out.append(f"{lines[at - 1]}\n{lines[at]}")
            done = at + 1
    return (*out, *lines[done:])


def _underlines(line: str, above: str) -> bool:
    """Whether a drawn line turns the one above into a heading: turndown draws it as long as the title."""
    if len(line.rstrip()) < min(3, len(above.strip())):
        return False
    return shape(above).kind is PassageKind.PARAGRAPH and has_words(above)


def passages(markdown: str, like: "Passages | None" = None) -> "Passages":
    r"""The blocks of a version that have words, each with the headings above it and what it hangs from.

    like: the passages of a text that mostly begins and ends with the same blocks, which then are not looked at again.

    >>> [(p.kind.value, p.text, p.section, p.stem) for p in passages("# Data\n\nWe use:\n\n*   posts\n")]
    [('heading', 'Data', (), ()), ('paragraph', 'We use:', ('Data',), ()), ('item', 'posts', ('Data',), ('We use:',))]
    """
    found = _remembered(markdown) if len(markdown) <= REMEMBERED else Passages(markdown)
    if like is not None:
        found.begin(like)
    return found


class _Layout(NamedTuple):
    """The blocks of a version, and which of them are passages and which may be headings."""

    blocks: tuple[str, ...]
    places: list[int]
    titles: list[int]


def _layout(blocks: tuple[str, ...], like: _Layout | None) -> _Layout:
    """The layout of a text; what it shares at both ends with one like it is taken over."""
    start, end = equal_ends(like.blocks, blocks) if like else (0, 0)
    surely = SURELY_WORDS.match  # most are told at once, and there are hundreds in a text
    places, titles = [], []
    for at in range(start, len(blocks) - end):
        block = blocks[at]
        if block and (surely(block) or (not block.isspace() and has_words(block))):
            places.append(at)
            if "\n" in block or "#" in block[:4]:
                titles.append(at)
    if like:
        behind, shift = len(like.blocks) - end, len(blocks) - len(like.blocks)
        places = _between(like.places, start, places, behind, shift)
        titles = _between(like.titles, start, titles, behind, shift)
    return _Layout(blocks, places, titles)


def _between(known: list[int], start: int, new: list[int], behind: int, shift: int) -> list[int]:
    """The places known before `start`, the new ones, and those known from `behind` on, which have shifted."""
    return [*known[: bisect_left(known, start)], *new, *(at + shift for at in known[bisect_left(known, behind) :])]


class Passages(Sequence[Passage]):
    """The passages of a version, each read when it is first asked for.

    Two versions of a document differ in a few passages; the rest is compared by its Markdown and never read.
    """

    def __init__(self, markdown: str) -> None:
        self._text = markdown
        self._begun: _Layout | None = None
        self._passages: dict[int, Passage] = {}

    def begin(self, like: "Passages") -> None:
        """Look at the blocks, where that was not done yet, beside those of a text that is mostly the same."""
        if self._begun is None:
            self._begun = _layout(blocks(self._text), like._layout)

    @property
    def _layout(self) -> _Layout:
        if self._begun is None:
            self._begun = _layout(blocks(self._text), None)
        return self._begun

    @cached_property
    def markdown(self) -> tuple[str, ...]:
        """The Markdown of each passage."""
        return tuple(map(self._layout.blocks.__getitem__, self._layout.places))

    @cached_property
    def _underlined(self) -> list[int]:
        return [at for at in self._layout.titles if "\n" in self._layout.blocks[at]]

    @cached_property
    def _context(self) -> Context:
        return Context(self._layout.blocks, self._layout.titles)

    def line(self, number: int) -> int:
        """The line a passage starts on, from 0."""
        at = self._layout.places[number]
        return at + bisect_left(self._underlined, at)

    def starting(self, line: int) -> int:
        """The passage that starts on that line, or else the last one before it; the first when there is none."""
        return max(bisect_right(range(len(self)), line, key=self.line) - 1, 0)

    def __len__(self) -> int:
        return len(self._layout.places)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        """The passage there, or those of a slice."""
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        passage = self._passages.get(index)
        if passage is None:
            passage = self._passages[index] = self._read(self._layout.places[index])
        return passage

    def _read(self, at: int) -> Passage:
        markdown = self._layout.blocks[at]
        block = read(markdown)
        assert block.kind is not None, "only blocks with words are passages"
        return LazyPassage(markdown, block, at, self._context)


_cut_before = lru_cache(maxsize=8)(_cut)
_remembered = lru_cache(maxsize=8)(Passages)
