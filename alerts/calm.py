"""Calm a note for services that may find marks in plain text: calls, masked links, addresses. Pure."""

import re
from dataclasses import replace
from typing import Final

from alerts.note import Note

_CALLS: Final = re.compile(r"[@＠]|\](?=\()|<(?=[!@#:a-z])|(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What calls people, masks a link, or makes an address one can click on."""


def calm(text: str) -> str:
    """Put a zero-width space behind what a chat service would act upon; people read the same.

    >>> calm("@channel [x](https://x.example)").replace("\\u200b", "|")
    '@|channel [x]|(https:|//x.example)'
    """
    return _CALLS.sub("\\g<0>\u200b", text)


def calmed(note: Note) -> Note:
    """Calm every word of a note but its own links."""
    return replace(
        note,
        title=calm(note.title),
        lead=calm(note.lead),
        facts=tuple((label, calm(value)) for label, value in note.facts),
        opt_out=calm(note.opt_out),
        passages=tuple(
            replace(
                one,
                title=calm(one.title),
                section=calm(one.section),
                runs=tuple(replace(run, text=calm(run.text)) for run in one.runs),
            )
            for one in note.passages
        ),
        items=tuple(replace(one, title=calm(one.title), lead=calm(one.lead)) for one in note.items),
    )
