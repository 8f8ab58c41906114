"""From the Markdown of a version to blocks and passages."""

import re
from dataclasses import dataclass
from functools import lru_cache

from diffing.passage import Passage, PassageKind
from diffing.plain import plain

_UNDERLINE = re.compile(r"(?:=++|-++)\s*+")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s++(.*?))??(?:\s++#*+)?+\s*+", re.DOTALL)
_ITEM = re.compile(r"(\s*+)(?:[*+-]|\d{1,9}[.)])(?:\s++(.*+))?+", re.DOTALL)
_DELIMITER = re.compile(r"\s*+\|?+(?:\s*+:?+-++:?+\s*+\|)++(?:\s*+:?+-++:?+\s*+)?+")
_CELL_END = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"[^\W_]")


def blocks(markdown: str) -> tuple[str, ...]:
    r"""The stored units of a version: a line each, an underlined heading with its underline.

    `"\n".join(blocks(markdown)) == markdown`, byte for byte; a blank line is "".

    >>> blocks("Privacy\n=======\n\nWe keep it.\n")
    ('Privacy\n=======', '', 'We keep it.', '')
    """
    lines = markdown.split("\n")
    if "\n=" not in markdown and "\n-" not in markdown:
        return tuple(lines)
    out: list[str] = []
    for line in lines:
        if line[:1] in ("=", "-") and out and _underlines(line, out[-1]):
            out[-1] += "\n" + line
        else:
            out.append(line)
    return tuple(out)


def _underlines(line: str, above: str) -> bool:
    if not _UNDERLINE.fullmatch(line) or "\n" in above or len(line.rstrip()) < min(3, len(above.strip())):
        return False
    return _line(above).kind is PassageKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class _Line:
    """A block read on its own. kind is None when it has no words. level: of a heading from 1; indent: in columns."""

    kind: PassageKind | None
    text: str = ""
    links: tuple[str, ...] = ()
    level: int = 0
    indent: int = 0
    cells: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def _line(block: str) -> _Line:
    title, _, underline = block.partition("\n")
    if underline:
        return _worded(PassageKind.HEADING, title, level=1 if underline[0] == "=" else 2)
    if "|" in block and block.lstrip().startswith("|"):
        return _row(block)
    if block.lstrip(" ").startswith("#") and (heading := _HEADING.fullmatch(block)):
        return _worded(PassageKind.HEADING, heading[2] or "", level=len(heading[1]))
    if item := _ITEM.fullmatch(block):
        return _worded(PassageKind.ITEM, item[2] or "", indent=len(item[1].expandtabs(4)))
    return _worded(PassageKind.PARAGRAPH, block.lstrip("> \t"), indent=len(block) - len(block.lstrip()))


def _worded(kind: PassageKind, markdown: str, *, level: int = 0, indent: int = 0) -> _Line:
    text, links = plain(markdown)
    return _Line(kind if _WORD.search(text) else None, text, links, level, indent)


def _row(block: str) -> _Line:
    if _DELIMITER.fullmatch(block):
        return _Line(None, text="---")
    read = [plain(cell) for cell in _CELL_END.split(block.strip().removeprefix("|").removesuffix("|"))]
    text = " | ".join(cell for cell, _ in read)
    links = tuple(link for _, cell_links in read for link in cell_links)
    return _Line(PassageKind.ROW if _WORD.search(text) else None, text, links, 0, 0, tuple(cell for cell, _ in read))


@lru_cache(maxsize=8)
def passages(markdown: str) -> tuple[Passage, ...]:
    r"""The blocks of a version that have words, each with the headings above it and what it hangs from.

    >>> [(p.kind.value, p.text, p.section, p.stem) for p in passages("# Data\n\nWe use:\n\n*   posts\n")]
    [('heading', 'Data', (), ()), ('paragraph', 'We use:', ('Data',), ()), ('item', 'posts', ('Data',), ('We use:',))]
    """
    reader = _Reader()
    return tuple(passage for block in blocks(markdown) if (passage := reader.read(block)) is not None)


class _Reader:
    """What stands above the next block: headings, the opening of a list, the head of a table."""

    def __init__(self) -> None:
        self.headings: list[tuple[int, str]] = []
        self.section: tuple[str, ...] = ()
        self.lead = ""
        self.items: list[tuple[int, str]] = []
        self.head: tuple[str, ...] = ()
        self.row: tuple[str, ...] = ()

    def read(self, block: str) -> Passage | None:
        if not block:
            self.head = self.row = ()
            return None
        line = _line(block)
        if line.kind is None:
            self._wordless(line)
            return None
        section = self.section
        stem: tuple[str, ...] = ()
        match line.kind:
            case PassageKind.HEADING:
                section = self._enter(line)
            case PassageKind.ITEM:
                stem = self._hang(line)
            case PassageKind.ROW:
                stem, self.row = self.head, line.cells
            case PassageKind.PARAGRAPH:
                self._say(line)
        return Passage(kind=line.kind, markdown=block, text=line.text, section=section, stem=stem, links=line.links)

    def _wordless(self, line: _Line) -> None:
        if line.text == "---":
            self.head = self.row

    def _enter(self, line: _Line) -> tuple[str, ...]:
        """Open a heading: what is as deep or deeper closes. Returns the headings above it."""
        while self.headings and self.headings[-1][0] >= line.level:
            self.headings.pop()
        above = tuple(text for _, text in self.headings)
        self.headings.append((line.level, line.text))
        self.section = (*above, line.text)
        self.lead = ""
        self.items.clear()
        return above

    def _hang(self, line: _Line) -> tuple[str, ...]:
        """Hang an item in the tree of its list. Returns the opening sentence and the items above it."""
        while self.items and self.items[-1][0] >= line.indent:
            self.items.pop()
        stem = ((self.lead,) if self.lead else ()) + tuple(text for _, text in self.items)
        self.items.append((line.indent, line.text))
        return stem

    def _say(self, line: _Line) -> None:
        """A paragraph inside an item leaves the list open; any other ends it and may open the next."""
        if self.items and line.indent > self.items[0][0]:
            return
        self.items.clear()
        self.lead = line.text if line.text[-1] not in ".!?…" else ""
