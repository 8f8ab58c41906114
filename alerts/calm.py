"""Calm text for services that may find marks in it: calls, masked links, addresses. Pure."""

import re
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


def calmed(text: str, note: Note) -> str:
    """Calm what was written of a note, but leave the note's own links as they are.

    To be called last: what cleans text takes zero-width spaces out again.
    """
    own = {note.opt_out_url, *(url for _, url in note.links), *(item.url for item in note.items)}
    told = calm(text)
    for url in sorted((one for one in own if one), key=len, reverse=True):
        told = told.replace(calm(url), url)
    return told
