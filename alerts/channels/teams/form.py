"""Write a note as an Adaptive Card for Microsoft Teams. Pure.

Every word stands in a TextRun of a RichTextBlock, the one element whose text Teams reads no Markdown in. Links are
actions. Limit: 28 kB a message, https://learn.microsoft.com/microsoftteams/limits-specifications-teams
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from alerts.clean import clean_line
from alerts.note import Note, NotedItem, NotedPassage
from alerts.trimming import fitted
from diffing.edit import Op, Span

MAX_SIZE: Final = 24_000
"""Bytes of the card as JSON; Teams takes some 28 kB with what the workflow adds."""
MAX_ACTIONS: Final = 6
"""Buttons Teams shows; our notes have fewer links."""
STYLES: Final[dict[Op, dict[str, Any]]] = {
    Op.DELETE: {"strikethrough": True, "color": "Attention"},
    Op.INSERT: {"underline": True, "weight": "Bolder", "color": "Good"},
    Op.KEEP: {},
}

Element = dict[str, Any]


def teams_message(note: Note) -> dict[str, Any]:
    """Write a note as the body the workflow "Post to a channel when a webhook request is received" takes."""
    card = fitted(note, _card, lambda made: len(json.dumps(made)) <= MAX_SIZE)
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "summary": clean_line(note.title), "attachments": [attachment]}


def _card(note: Note) -> dict[str, Any]:
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": clean_line(note.title),
        "msteams": {"width": "Full"},
        "body": [
            _block([_run(note.title, size="Large", weight="Bolder")]),
            *([_block([_run(note.lead)])] if note.lead != note.title else []),
            *_facts(note),
            *_opt_out(note),
            *(element for passage in note.passages for element in _passage(passage)),
            *(element for item in note.items for element in _item(item)),
            *(_block([_run(line)]) for line in note.rest),
            *([_block([_run(note.seen, isSubtle=True, size="Small")])] if note.seen else []),
        ],
        "actions": [{"type": "Action.OpenUrl", "title": label, "url": url} for label, url in _links(note)],
    }


def _facts(note: Note) -> list[Element]:
    return [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "columns": [
                {"type": "Column", "width": "130px", "items": [_block([_run(label, isSubtle=True)])]},
                {"type": "Column", "width": "stretch", "items": [_block([_run(value)])]},
            ],
        }
        for label, value in note.facts
    ]


def _opt_out(note: Note) -> list[Element]:
    if not note.opt_out:
        return []
    return [_block([_run(f"{note.words['opt_out']}{note.words['colon']} ", weight="Bolder"), _run(note.opt_out)])]


def _passage(passage: NotedPassage) -> list[Element]:
    head = [_block([_run(passage.title, weight="Bolder")])] if passage.title else []
    section = [_block([_run(passage.section, isSubtle=True, size="Small")], tight=True)] if passage.section else []
    words = {"type": "Container", "style": "emphasis", "items": [_block(_redline(passage.runs))]}
    return [*head, *section, words]


def _redline(runs: Iterable[Span]) -> list[Element]:
    made = []
    for run in runs:
        lead = " " if run.text[:1].isspace() else ""
        tail = " " if run.text[-1:].isspace() or run.op is Op.DELETE else ""
        words = clean_line(run.text)
        made += [_run(f"{lead}{words}{tail}" if words else " ", **STYLES[run.op])]
    return made or [_run("…")]


def _item(item: NotedItem) -> list[Element]:
    opens = {"selectAction": {"type": "Action.OpenUrl", "url": item.url}} if item.url else {}
    head = _block([_run(item.title, weight="Bolder", **opens)])
    return [head, *([_block([_run(item.lead)], tight=True)] if item.lead else [])]


def _links(note: Note) -> list[tuple[str, str]]:
    """Links as buttons, the way out first."""
    out = [(note.words["opt_out"], note.opt_out_url)] if note.opt_out_url else []
    return [*out, *note.links][:MAX_ACTIONS]


def _block(runs: list[Element], *, tight: bool = False) -> Element:
    return {"type": "RichTextBlock", "inlines": runs} | ({"spacing": "None"} if tight else {})


def _run(text: str, **style: Any) -> Element:
    return {"type": "TextRun", "text": text, **style}
