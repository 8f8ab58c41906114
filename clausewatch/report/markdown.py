"""A report as Markdown. Foreign words stay words: no link, image, heading, list, table or HTML comes of them."""

import re
from collections.abc import Iterator
from typing import Final

from alerts.clean import clean_line
from clausewatch.report.report import Block, Kind, Report, Role, Span

MARKS: Final = {
    Role.STRONG: "**",
    Role.INSERTED: "**",
    Role.DELETED: "~~",
    Role.FOUND: "**",
}
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~&!$@^=]")
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_START = re.compile(r"^([+-]|\d{1,9}[.)])")


def markdown(report: Report) -> str:
    """The whole report; ends in a line break."""
    parts = [f"# {escaped(report.title)}"]
    listed = False
    for block in report.blocks:
        line = _line(block)
        is_item = block.kind in (Kind.ITEM, Kind.LABELLED)
        parts.append(("\n" if listed and is_item else "\n\n") + line)
        listed = is_item
    return "".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Foreign words on one line, as Markdown that shows just them.

    >>> escaped("1. [Click](javascript:x) <b>@all</b> https://a.test")
    '1\\. \\[Click\\](javascript:x) \\<b\\>\\@all\\</b\\> https\\://a.test'
    """
    line = _SIGNS.sub(lambda sign: "\\" + sign[0], clean_line(text))
    return _START.sub(_escape_last, _ADDRESS.sub(lambda sign: "\\" + sign[0], line))


def _escape_last(match: re.Match[str]) -> str:
    return match[1][:-1] + "\\" + match[1][-1]


def _line(block: Block) -> str:
    words = "".join(_words(block.spans))
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * min(block.level + 1, 6)} {words}"
        case Kind.ITEM:
            return f"{'  ' * block.level}- {words}"
        case Kind.LABELLED:
            # One without a label belongs to the one above it, and is an item of its own below that.
            return f"{'  ' * block.level}- {escaped(block.label)} {words}" if block.label else f"  - {words.lstrip()}"
        case Kind.TEXT:
            return words


def _words(spans: tuple[Span, ...]) -> Iterator[str]:
    for place, one in enumerate(spans):
        lead = " " if one.text[:1].isspace() else ""
        tail = " " if one.text[-1:].isspace() else ""
        words = escaped(one.text) if place == 0 else escaped("x" + one.text.strip())[1:]
        mark = MARKS.get(one.role, "")
        # White space inside the marks would keep them from being marks.
        yield f"{lead}{mark}{words}{mark}{tail}" if words else lead
