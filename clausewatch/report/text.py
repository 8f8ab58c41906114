"""A report as text: coloured on a terminal, plain elsewhere, at most 80 columns wide where nobody says otherwise."""

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from alerts import redline
from alerts.clean import clean, clean_line
from clausewatch.report.report import Block, Kind, Report, Role, Span
from diffing.edit import Op

STYLES: Final = {
    Role.PLAIN: "",
    Role.STRONG: "bold",
    Role.QUIET: "dim",
    Role.INSERTED: "green",
    Role.DELETED: "red strike",
    Role.FOUND: "bold yellow",
}
MARKS: Final = {Role.INSERTED: redline.MARKS[Op.INSERT], Role.DELETED: redline.MARKS[Op.DELETE]}
"""What stands around inserted and deleted words; colour is not everywhere."""

INDENT: Final = 2

SIGN: Final = 3
"""Columns of a sign or a number, which stands nearer to its words than a longer label does."""

WIDTH: Final = 80
"""Columns where there is no terminal."""


def print_text(console: Console, report: Report) -> None:
    """Print a report. Nothing in foreign words can move the cursor, colour, or look like a mark of ours."""
    console.print(Text(clean_line(report.title), style="bold"), overflow="fold")
    before: Kind | None = None
    for kind, run in groupby(report.blocks, key=lambda block: block.kind):
        blocks = list(run)
        width = max(len(clean_line(block.label)) for block in blocks)
        for block in blocks:
            if before is not Kind.HEADING and (kind is Kind.HEADING or (kind is Kind.TEXT and before)):
                console.print()
            before = kind
            for line in _block(block, width):
                console.print(line, overflow="fold")


def text(report: Report) -> str:
    """A report as plain text in 80 columns."""
    out = io.StringIO()
    print_text(Console(file=out, color_system=None, force_terminal=False, width=WIDTH, highlight=False), report)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _block(block: Block, width: int) -> Iterator[RenderableType]:
    # Of a labelled block that was put in or taken out whole, the label says so.
    words = _words(block.spans, marked=block.kind is not Kind.LABELLED or len({one.role for one in block.spans}) > 1)
    match block.kind:
        case Kind.HEADING:
            words.stylize("bold underline" if block.level < 2 else "bold dim")
            yield words
        case Kind.TEXT:
            yield Padding(words, (0, 0, 0, INDENT * block.level))
        case Kind.ITEM:
            yield _beside("·", words, width=1, indent=block.level + 1)
        case Kind.LABELLED:
            yield _beside(clean_line(block.label), words, width=width, indent=block.level, style=STYLES[block.role])


def _beside(label: str, words: Text, *, width: int, indent: int, style: str = "") -> Padding:
    table = Table.grid(padding=(0, 1 if width <= SIGN else 2, 0, 0), expand=True)
    table.add_column(width=width, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_row(Text(label, style=style), words)
    return Padding(table, (0, 0, 0, INDENT * indent))


def _words(spans: tuple[Span, ...], *, marked: bool) -> Text:
    line = Text()
    for one in spans:
        opening, closing = MARKS.get(one.role, ("", "")) if marked else ("", "")
        words = redline.unmarked(clean(one.text))
        # White space stands outside the marks, so that a line may break there.
        told = words.strip() if opening else words
        lead, tail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        line.append(lead if opening and told and not line.plain[-1:].isspace() else "")
        line.append(f"{opening}{told}{closing}" if told else "", style=STYLES[one.role])
        line.append(tail if opening else "")
    return line
