"""Write a note in Slack's Block Kit. Pure.

Foreign words stand in `plain_text` and in text elements of `rich_text`, in which Slack interprets nothing: no mrkdwn,
no mention, no emoji, no link. Limits: https://docs.slack.dev/reference/block-kit/blocks (50 blocks, 150 characters of a
header, 3,000 of an address); above some 13,200 characters in all, Slack answers `msg_blocks_too_long`.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from alerts.clean import clean_line
from alerts.note import Note, NotedItem, NotedPassage
from alerts.shorten import shorten
from alerts.trimming import fitted
from diffing.edit import Op, Span

MAX_BLOCKS: Final = 50
MAX_HEADER: Final = 150
MAX_SIZE: Final = 12_000
"""Characters of all blocks as JSON. Not documented; the limit met by others was between 13,100 and 13,300."""
MAX_FALLBACK: Final = 300
"""Characters of the line that notifications show; Slack takes 40,000."""
STYLES: Final[dict[Op, dict[str, bool]]] = {Op.DELETE: {"strike": True}, Op.INSERT: {"bold": True}, Op.KEEP: {}}

Block = dict[str, Any]


def slack_message(note: Note) -> dict[str, Any]:
    """Write a note as the body of an incoming webhook."""
    blocks = fitted(note, _blocks, _fits)
    return {
        "text": shorten(_inert(note.title), MAX_FALLBACK),
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": blocks[:MAX_BLOCKS],
    }


def _fits(blocks: list[Block]) -> bool:
    return len(blocks) <= MAX_BLOCKS and len(json.dumps(blocks)) <= MAX_SIZE


def _blocks(note: Note) -> list[Block]:
    lead = [_lines([_text(note.lead)])] if note.lead != note.title else []
    return [
        {"type": "header", "text": {"type": "plain_text", "text": shorten(note.title, MAX_HEADER), "emoji": False}},
        *lead,
        *_facts(note),
        *_opt_out(note),
        *map(_passage, note.passages),
        *map(_item, note.items),
        *([_lines(*([_text(line)] for line in note.rest))] if note.rest else []),
        *_links(note),
        *([_context(note.seen)] if note.seen else []),
    ]


def _facts(note: Note) -> list[Block]:
    colon = note.words["colon"]
    rows = [[_text(f"{label}{colon} ", bold=True), _text(value)] for label, value in note.facts]
    return [_lines(*rows)] if rows else []


def _opt_out(note: Note) -> list[Block]:
    if not note.opt_out and not note.opt_out_url:
        return []
    rows = [[_text(note.words["opt_out"], bold=True)], [_text(note.opt_out)] if note.opt_out else []]
    rows += [[_link(note.opt_out_url, note.opt_out_url)] if note.opt_out_url else []]
    return [_lines(*filter(None, rows))]


def _passage(passage: NotedPassage) -> Block:
    head = [_text(passage.title, bold=True)] if passage.title else []
    section = [_text(f"\n{passage.section}", italic=True)] if passage.section else []
    quote = {"type": "rich_text_quote", "elements": list(_redline(passage.runs)) or [_text("…")]}
    above = [{"type": "rich_text_section", "elements": [*head, *section]}] if head else []
    return {"type": "rich_text", "elements": [*above, quote]}


def _redline(runs: Iterable[Span]) -> Iterable[Block]:
    """Each run is an element; spaces stay outside the marked words, and a deleted run is followed by one."""
    for run in runs:
        words = clean_line(run.text)
        lead = " " if run.text[:1].isspace() else ""
        tail = " " if run.text[-1:].isspace() or run.op is Op.DELETE else ""
        if not words:
            yield _text(" ")
        elif run.op is Op.KEEP:
            yield _text(f"{lead}{words}{tail}")
        else:
            yield from ([_text(" ")] if lead else [])
            yield _text(words, **STYLES[run.op])
            yield from ([_text(" ")] if tail else [])


def _item(item: NotedItem) -> Block:
    title = _link(item.url, item.title) if item.url else _text(item.title, bold=True)
    return _lines([title], *([[_text(item.lead)]] if item.lead else []))


def _links(note: Note) -> list[Block]:
    return [_lines(*([_link(url, label)] for label, url in note.links))] if note.links else []


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _lines(*lines: list[Block]) -> Block:
    """A block of lines, each of elements."""
    elements = [element for n, line in enumerate(lines) for element in ([_text("\n")] if n else []) + line]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _text(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _link(url: str, label: str) -> Block:
    return {"type": "link", "url": url, "text": label}


def _inert(text: str) -> str:
    """Write text for the one place where Slack reads its own marks: <!channel>, <@U1>, <http://…|…>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
