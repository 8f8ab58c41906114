"""From the lines of a PDF to its paragraphs and headings, as HTML. Pure.

A PDF knows where letters stand, not what they are. Lines that are set apart, set larger or begin like a list item begin
a block; lines that stand at the head or foot of most pages are furniture and are dropped.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

HYPHEN = "\ufffe"
LARGER = 1.15
"""A line set so many times larger than the body is a heading."""
APART = 1.45
"""A line so many times the usual distance below the last begins a paragraph."""
FURNITURE_SHARE = 0.5
"""A line at the edge of more than this share of the pages, numbers aside, is furniture."""
EDGE_LINES = 2
"""Lines from the head or foot of a page that may be furniture."""

_ITEM = re.compile(r"(?:[•●▪◦‣–*·-]|\(?[a-z0-9]{1,3}[.)]|\(?[ivxl]{1,5}\)|§)\s+\S")
_BULLET = re.compile(r"[•●▪◦‣–*·-]\s+")
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:/|of|sur|von|de) ?\d{1,4})?", re.IGNORECASE)
_END = re.compile(r"[.:;!?…»”\")\]]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page. size: of its letters, in points. left, top, bottom: where it stands, from below, in points."""

    text: str
    size: float
    left: float
    top: float
    bottom: float


def to_html(pages: Sequence[Sequence[Line]]) -> str:
    """The pages as one <main> of paragraphs, list items and headings; "" when they hold no words."""
    kept = _without_furniture(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return ""
    body = _body_size(lines)
    blocks = _blocks(kept, body)
    sizes = sorted({round(block[0].size) for block in blocks if _is_heading(block, body)}, reverse=True)
    return f"<main>{''.join(_told(block, body, sizes) for block in blocks)}</main>"


def _body_size(lines: Iterable[Line]) -> float:
    """The size most letters are set in."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def _without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    edges = [(*page[:EDGE_LINES], *page[max(EDGE_LINES, len(page) - EDGE_LINES) :]) for page in pages]
    often = Counter(word for edge in edges for word in {_shape(line.text) for line in edge})
    usual = {shape for shape, count in often.items() if len(pages) > 2 and count > FURNITURE_SHARE * len(pages)}

    def stays(page: Sequence[Line], index: int) -> bool:
        if EDGE_LINES <= index < len(page) - EDGE_LINES:
            return True
        return _shape(page[index].text) not in usual and not _PAGE_NUMBER.fullmatch(page[index].text)

    return [[line for index, line in enumerate(page) if stays(page, index)] for page in pages]


def _shape(text: str) -> str:
    return _NUMBERS.sub("#", text)


def _blocks(pages: Sequence[Sequence[Line]], body: float) -> list[list[Line]]:
    """The lines in blocks, one a paragraph, list item or heading."""
    distance = _usual_distance(pages, body)
    blocks: list[list[Line]] = []
    for page in pages:
        for index, line in enumerate(page):
            before = page[index - 1] if index else blocks[-1][-1] if blocks else None
            goes_on = before is not None and (
                _goes_on(before, line, distance) if index else _goes_on_overleaf(before, line, body)
            )
            if goes_on:
                blocks[-1].append(line)
            else:
                blocks.append([line])
    return blocks


def _usual_distance(pages: Sequence[Sequence[Line]], body: float) -> float:
    gaps = [
        above.bottom - below.bottom
        for page in pages
        for above, below in pairwise(page)
        if above.size == below.size == body and above.bottom > below.bottom
    ]
    return median(gaps) if gaps else 1.4 * body


def _goes_on(before: Line, line: Line, distance: float) -> bool:
    same_row = abs(before.bottom - line.bottom) < 0.5 * line.size
    near = 0 < before.bottom - line.bottom <= APART * distance * max(1.0, line.size / max(before.size, 1))
    return (near or same_row) and abs(before.size - line.size) < 0.6 and not _ITEM.match(line.text)


def _goes_on_overleaf(before: Line, line: Line, body: float) -> bool:
    """Whether a paragraph goes on at the head of a page: it was not ended, and this line does not begin one."""
    return (
        before.size == line.size == body
        and not _END.search(before.text)
        and (line.text[:1].islower() or before.text.endswith((",", HYPHEN)))
    )


def _is_heading(block: Sequence[Line], body: float) -> bool:
    return block[0].size >= LARGER * body and sum(len(line.text) for line in block) < 200


def _told(block: Sequence[Line], body: float, sizes: Sequence[int]) -> str:
    text = " ".join(line.text for line in block).replace(f"{HYPHEN} ", "").replace(HYPHEN, "-")
    if _is_heading(block, body):
        level = min(1 + sizes.index(round(block[0].size)), 6)
        return f"<h{level}>{html.escape(text)}</h{level}>"
    if bullet := _BULLET.match(text):
        return f"<ul><li>{html.escape(text[bullet.end() :])}</li></ul>"
    return f"<p>{html.escape(text)}</p>"
