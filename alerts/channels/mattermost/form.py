"""Write a note as a Mattermost attachment. Pure.

Limits: a message has 16,383 characters and attachments, as JSON, 7,900 in servers of before 2018 (they answer "Maximum
attachments length is 7900"); later ones take far more, so we stay under the old one.
Source: https://developers.mattermost.com/integrate/reference/message-attachments/
"""

import json
from typing import Any, Final

from alerts.calm import calm
from alerts.markdown import escaped, item, link, opt_out, passage
from alerts.note import Note
from alerts.trimming import fitted

MAX_ATTACHMENTS: Final = 7_600
"""Characters of the attachments as JSON."""
COLOUR: Final = "#0b57d0"


def mattermost_message(note: Note) -> dict[str, Any]:
    """Write a note as the body of an incoming webhook."""
    return {"attachments": [fitted(note, _attachment, _fits)]}


def _fits(attachment: dict[str, Any]) -> bool:
    return len(json.dumps([attachment])) <= MAX_ATTACHMENTS


def _attachment(note: Note) -> dict[str, Any]:
    url = next((url for _, url in note.links), "")
    paragraphs = [
        escaped(note.lead) if note.lead != note.title else "",
        _opt_out(note),
        *map(passage, note.passages),
        *map(item, note.items),
        *map(escaped, note.rest),
        "\n".join(f"- {link(label, url)}" for label, url in note.links),
    ]
    return {
        "fallback": calm(note.title),
        "color": COLOUR,
        # A title with a link is shown as it is, one without is read as Markdown.
        **({"title": calm(note.title), "title_link": url} if url else {"title": escaped(note.title)}),
        "text": "\n\n".join(filter(None, paragraphs)),
        "fields": [
            {"title": escaped(label), "value": escaped(value), "short": len(value) <= 40} for label, value in note.facts
        ],
        **({"footer": note.seen} if note.seen else {}),
    }


def _opt_out(note: Note) -> str:
    told = opt_out(note)
    return f"**{escaped(note.words['opt_out'])}**\n{told}" if told else ""
