"""Write a note as plain text, for a text mail or a terminal. Pure."""

import textwrap
from typing import Final

from alerts.note import Note, NotedItem, NotedPassage
from alerts.redline import as_text

WIDTH: Final = 76
"""Columns of a line."""


def plain_text(note: Note, width: int = WIDTH, *, titled: bool = True) -> str:
    """Return the note as lines of at most `width` columns, save for a longer address; it ends in a line break.

    titled: begin with its title.
    """
    parts = [
        _wrapped(note.title, width) if titled else "",
        _wrapped(note.lead, width) if note.lead != note.title else "",
        _facts(note, width),
        _opt_out(note, width),
        _passages(note, width),
        "\n\n".join(_item(item, width) for item in note.items),
        "\n".join(_wrapped(line, width) for line in note.rest),
        "\n".join(f"{label}{note.words['colon']}\n  {url}" for label, url in note.links),
        _wrapped(note.seen, width),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _facts(note: Note, width: int) -> str:
    colon = note.words["colon"]
    room = max((len(label) for label, _ in note.facts), default=0) + len(colon) + 1
    return "\n".join(_wrapped(f"{label + colon:<{room}}{value}", width, " " * room) for label, value in note.facts)


def _opt_out(note: Note, width: int) -> str:
    steps = _wrapped(note.opt_out, width, "  ", first="  ")
    lines = [steps if note.opt_out else "", f"  {note.opt_out_url}" if note.opt_out_url else ""]
    told = "\n".join(filter(None, lines))
    return f"{note.words['opt_out']}{note.words['colon']}\n{told}" if told else ""


def _passages(note: Note, width: int) -> str:
    if not note.passages:
        return ""
    head = f"{note.words['passages']} ({note.words['marks']}){note.words['colon']}"
    return "\n\n".join([_wrapped(head, width), *(_passage(passage, width) for passage in note.passages)])


def _passage(passage: NotedPassage, width: int) -> str:
    redline = _wrapped(as_text(passage.runs), width, "    ", first="    ")
    if not passage.title:
        return redline
    head = f"* {passage.title}" + (f" ({passage.section})" if passage.section else "")
    return f"{_wrapped(head, width, '  ')}\n{redline}"


def _item(item: NotedItem, width: int) -> str:
    lines = [_wrapped(f"* {item.title}", width, "  "), _wrapped(item.lead, width, "  ", first="  ")]
    return "\n".join([*filter(str.strip, lines), *([f"  {item.url}"] if item.url else [])])


def _wrapped(text: str, width: int, indent: str = "", *, first: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
