"""Write foreign text as Markdown that stays text: nothing of it formats, links, mentions or shows an image. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from alerts.clean import clean_line
from diffing.edit import Op, Span

_ACTIVE = re.compile(r"([\\`*_{}\[\]()<>#+\-|~!:&^$=])")
"""What formats, links, lists, quotes, opens HTML or names an emoji in the Markdown of chat services."""
_CALLS = re.compile(r"[@＠#]|(?<=www)\.", re.IGNORECASE)
"""What calls people, names a channel or is made a link without any mark: a zero-width space behind it stops that."""
MARKS: Final = {Op.DELETE: "~~", Op.INSERT: "**", Op.KEEP: ""}


def escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is, on one line.

    >>> escaped("[click](http://x.example) *now*")
    '\\\\[click\\\\]\\\\(http\\\\://x.example\\\\) \\\\*now\\\\*'
    >>> escaped("@everyone") == "@\\u200beveryone"
    True
    """
    return _CALLS.sub("\\g<0>\u200b", _ACTIVE.sub(r"\\\1", clean_line(text)))


def redline(runs: Iterable[Span]) -> str:
    """Write runs on one line: deleted words struck through, inserted ones bold."""
    return " ".join("".join(map(_marked, runs)).split(" ")).strip()


def link(label: str, url: str) -> str:
    """Write a link; the address is one of ours or was checked to be plain http."""
    return f"[{escaped(label)}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"


def _marked(run: Span) -> str:
    words, mark = escaped(run.text), MARKS[run.op]
    lead = " " if run.text[:1].isspace() else ""
    tail = " " if run.text[-1:].isspace() or run.op is Op.DELETE else ""
    return f"{lead}{mark}{words}{mark}{tail}" if words else " "
