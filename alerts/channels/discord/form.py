"""Write a note as a Discord embed. Pure.

Limits: https://docs.discord.com/developers/resources/message#embed-object-embed-limits (title 256, description 4,096,
25 fields of 256 and 1,024, footer 2,048, 6,000 characters in all).
"""

from typing import Any, Final

from alerts.clean import clean_line
from alerts.markdown import escaped, item, link, opt_out, passage
from alerts.note import Note
from alerts.shorten import shorten
from alerts.trimming import fitted

MAX_TITLE: Final = 256
MAX_DESCRIPTION: Final = 4096
MAX_FIELDS: Final = 25
MAX_NAME: Final = 256
MAX_VALUE: Final = 1024
MAX_ALL: Final = 6000
COLOUR: Final = 0x0B57D0


def discord_message(note: Note) -> dict[str, Any]:
    """Write a note as the body of a webhook that calls nobody."""
    return {"embeds": [fitted(note, _embed, _fits)], "allowed_mentions": {"parse": []}}


def _fits(embed: dict[str, Any]) -> bool:
    fields = embed["fields"]
    return (
        len(embed["title"]) <= MAX_TITLE
        and len(embed["description"]) <= MAX_DESCRIPTION
        and len(fields) <= MAX_FIELDS
        and all(len(field["name"]) <= MAX_NAME and len(field["value"]) <= MAX_VALUE for field in fields)
        and _all(embed) <= MAX_ALL
    )


def _all(embed: dict[str, Any]) -> int:
    fields = sum(len(field["name"]) + len(field["value"]) for field in embed["fields"])
    return len(embed["title"]) + len(embed["description"]) + len(embed.get("footer", {}).get("text", "")) + fields


def _embed(note: Note) -> dict[str, Any]:
    url = next((url for _, url in note.links), "")
    paragraphs = [
        escaped(note.lead) if note.lead != note.title else "",
        *map(passage, note.passages),
        *map(item, note.items),
        *map(escaped, note.rest),
        "\n".join(link(label, url) for label, url in note.links),
    ]
    return {
        "title": shorten(escaped(shorten(note.title, 150)), MAX_TITLE),
        **({"url": url} if url else {}),
        "description": "\n\n".join(filter(None, paragraphs)),
        "color": COLOUR,
        "fields": [*(_field(label, value) for label, value in note.facts), *_opt_out(note)],
        **({"footer": {"text": clean_line(note.seen)}} if note.seen else {}),
    }


def _field(label: str, value: str) -> dict[str, Any]:
    return {"name": escaped(label), "value": escaped(value), "inline": len(value) <= 40}


def _opt_out(note: Note) -> list[dict[str, Any]]:
    told = opt_out(note)
    return [{"name": escaped(note.words["opt_out"]), "value": told, "inline": False}] if told else []
