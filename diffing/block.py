"""Block: one stored unit of a version read on its own, without what stands around it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from diffing.passage import PassageKind
from diffing.plain import plain

CACHED = 20_000
"""Characters up to which a block that was read is remembered, so that one giant line does not fill the memory."""

_MARKER = re.compile(
    r"""
    \ {0,3}(?P<hashes>\#{1,6})(?=\s|\Z)
    | (?P<indent>\s*+)(?:[*+-]|\d{1,9}[.)])(?=\s|\Z)
    | \s*+(?P<bar>\|)
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"[\s>]*+")
_DELIMITER = re.compile(r"\s*+\|?+(?:\s*+:?+-++:?+\s*+\|)++(?:\s*+:?+-++:?+\s*+)?+")
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)#++\s*+\Z")
_CELL_END = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"[^\W_]")
SURELY_WORDS = re.compile(r"""[\s#>|*+_\[("'“‘«-]*+(?:\d{1,9}[.)](?:\s++|\Z)[\s>|*+_\[("'“‘«-]*+)?+[^\W_]""")
"""What begins so is a passage, see `has_words`; of what does not, it cannot be told so quickly."""


class Shape(NamedTuple):
    """What a block is, told from its first characters. kind is None for the line under a table's head.

    depth: level of a heading from 1; else columns of indentation. start, end: where the words are.
    """

    kind: PassageKind | None
    depth: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block that was read. text as in `Passage`, but perhaps empty; cells: of a table row, else none."""

    kind: PassageKind | None
    text: str
    links: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def shape(block: str) -> Shape:
    """What a block is, without reading its words.

    >>> shape("## Sharing"), shape("    *   your posts")[:2]
    (Shape(kind=<PassageKind.HEADING: 'heading'>, depth=2, start=2, end=10), (<PassageKind.ITEM: 'item'>, 4))
    """
    title, newline, underline = block.partition("\n")
    if not newline and block[:1].isalpha():
        return Shape(PassageKind.PARAGRAPH, 0, 0, len(block))
    if newline:
        return Shape(PassageKind.HEADING, 1 if underline[:1] == "=" else 2, 0, len(title))
    marker = _MARKER.match(block)
    if marker is None:
        start = _QUOTED.match(block).end()  # type: ignore[union-attr]  # matches always, perhaps nothing
        return Shape(PassageKind.PARAGRAPH, start if block[:start].isspace() else 0, start, len(block))
    if marker["hashes"]:
        return Shape(PassageKind.HEADING, len(marker["hashes"]), marker.end(), len(block))
    if marker["bar"]:
        kind = None if _DELIMITER.fullmatch(block) else PassageKind.ROW
        return Shape(kind, 0, marker.start("bar"), len(block))
    return Shape(PassageKind.ITEM, len(marker["indent"].expandtabs(4)), marker.end(), len(block))


def has_words(block: str) -> bool:
    """Whether a block is a passage: it has a letter or digit that is no markup, list number or link target.

    >>> has_words("1.  your posts"), has_words("1."), has_words("[![](logo.png)](/home)"), has_words("| --- | --- |")
    (True, False, False, False)
    """
    return SURELY_WORDS.match(block) is not None or read(block).kind is not None


def read(block: str) -> Block:
    """The words and links of a block. kind is None when it has no words."""
    return _remembered(block) if len(block) <= CACHED else _read(block)


def text_of(block: str) -> str:
    """The words of a block."""
    return read(block).text


def _read(block: str) -> Block:
    kind, _, start, end = shape(block)
    if kind is None:
        return Block(None, "")
    if kind is PassageKind.ROW:
        return _row(block)
    words = block[start:end]
    text, links = plain(_CLOSING_HASHES.sub("", words) if kind is PassageKind.HEADING else words)
    return Block(kind if _WORD.search(text) else None, text, links)


def _row(block: str) -> Block:
    cells = [plain(cell) for cell in _CELL_END.split(block.strip().removeprefix("|").removesuffix("|"))]
    texts = tuple(text for text, _ in cells)
    links = tuple(link for _, targets in cells for link in targets)
    text = " | ".join(texts)
    return Block(PassageKind.ROW if _WORD.search(text) else None, text, links, texts)


_remembered = lru_cache(maxsize=1 << 12)(_read)
