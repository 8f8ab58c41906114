"""Write foreign text as Markdown that stays text: nothing of it formats, links, mentions or shows an image. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from alerts.clean import clean_line
from alerts.note import Note, NotedItem, NotedPassage
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


def passage(noted: NotedPassage) -> str:
    """Write a passage as a quotation below its title and section."""
    head = f"**{escaped(noted.title)}**" if noted.title else ""
    quoted = f"> {redline(noted.runs) or '…'}"
    return "\n".join(filter(None, (head, escaped(noted.section), quoted)))


def item(noted: NotedItem) -> str:
    """Write an alert of a digest in two lines: its title, with a link where it has one, and its first sentence."""
    title = link(noted.title, noted.url) if noted.url else f"**{escaped(noted.title)}**"
    return f"{title}\n{escaped(noted.lead)}" if noted.lead else title


def opt_out(note: Note) -> str:
    """Write the way out, and on a line of its own its address; "" where none is known."""
    lines = [escaped(note.opt_out), link(note.opt_out_url, note.opt_out_url) if note.opt_out_url else ""]
    return "\n".join(filter(None, lines))


def _marked(run: Span) -> str:
    words, mark = escaped(run.text), MARKS[run.op]
    lead = " " if run.text[:1].isspace() else ""
    tail = " " if run.text[-1:].isspace() or run.op is Op.DELETE else ""
    return f"{lead}{mark}{words}{mark}{tail}" if words else " "
