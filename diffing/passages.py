"""From the Markdown of a version to blocks and passages."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import overload

from diffing.block import SURELY_WORDS, has_words, read, shape
from diffing.context import Context
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


def passages(markdown: str) -> "Passages":
    r"""The blocks of a version that have words, each with the headings above it and what it hangs from.

    >>> [(p.kind.value, p.text, p.section, p.stem) for p in passages("# Data\n\nWe use:\n\n*   posts\n")]
    [('heading', 'Data', (), ()), ('paragraph', 'We use:', ('Data',), ()), ('item', 'posts', ('Data',), ('We use:',))]
    """
    return _remembered(markdown) if len(markdown) <= REMEMBERED else Passages(markdown)


class Passages(Sequence[Passage]):
    """The passages of a version, each read when it is first asked for.

    Two versions of a document differ in a few passages; the rest is compared by its Markdown and never read.
    markdown: of each passage. lines: where each starts in the version, from 0.
    """

    def __init__(self, markdown: str) -> None:
        self._blocks = blocks(markdown)
        surely = SURELY_WORDS.match  # most are told at once, and there are hundreds in a text
        self._places = [at for at, block in enumerate(self._blocks) if block and (surely(block) or has_words(block))]
        self._passages: dict[int, Passage] = {}
        self._context: Context | None = None
        self.markdown = tuple(self._blocks[at] for at in self._places)

    @property
    def lines(self) -> list[int]:
        """The line each passage starts on, from 0."""
        underlined = [at for at, block in enumerate(self._blocks) if "\n" in block]
        return [at + bisect_left(underlined, at) for at in self._places] if underlined else list(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        """The passage there, or those of a slice."""
        if isinstance(index, slice):
            return tuple(self._passage(number) for number in range(*index.indices(len(self))))
        return self._passage(range(len(self))[index])

    def _passage(self, number: int) -> Passage:
        passage = self._passages.get(number)
        if passage is None:
            passage = self._passages[number] = self._read(self._places[number])
        return passage

    def _read(self, at: int) -> Passage:
        if self._context is None:
            self._context = Context(self._blocks)
        markdown = self._blocks[at]
        block = read(markdown)
        assert block.kind is not None, "only blocks with words are passages"
        return Passage(
            kind=block.kind,
            markdown=markdown,
            text=block.text,
            section=self._context.section(at),
            stem=self._context.stem(at) if block.kind in (PassageKind.ITEM, PassageKind.ROW) else (),
            links=block.links,
        )


_cut_before = lru_cache(maxsize=8)(_cut)
_remembered = lru_cache(maxsize=8)(Passages)
