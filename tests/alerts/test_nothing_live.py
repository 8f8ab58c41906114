"""Whatever a page wrote, nothing of it is live in any channel: each hostile text against each channel."""

import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from alerts.channels.apprise import AppriseChannel
from alerts.channels.command import CommandChannel
from alerts.channels.console import ConsoleChannel
from alerts.channels.discord import discord_message
from alerts.channels.email.message import mail
from alerts.channels.file import FileChannel
from alerts.channels.mattermost import mattermost_message
from alerts.channels.slack import slack_message
from alerts.channels.teams import teams_message
from alerts.delivery import Delivery
from alerts.digest import digests
from alerts.note import note_of
from alerts.templates import OwnTemplates
from diffing.fact import FactName
from tests.support import changes
from tests.support.deliveries import change_delivery, delivery_of
from tests.support.outbox import NOW
from tests.support.receiver import Reply, receiving

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "markdown link": "[Opt out here](https://evil.example/x)",
    "markdown image": "![x](https://evil.example/x.png)",
    "reference link": "[x][1]\n\n[1]: https://evil.example/",
    "autolink": "<https://evil.example/>",
    "bare address": "see https://evil.example/ and www.evil.example",
    "everyone": "@everyone @here @channel @all",
    "slack call": "<!channel> <!here> <@U012AB3CD> <https://evil.example|safe.example>",
    "discord call": "<@123456789012345678> <@&123456789012345678> <#1234>",
    "formatting": "**bold** ~~gone~~ `code` > quote # heading :smile: ||spoiler||",
    "code block": "```\nhidden\n```",
    "our own marks": "[-never-] {+always+}",
    "ansi": "\x1b[31mred\x1b[0m \x1b]0;owned\x07 \x9b2J",
    "bidi": "\u202egpj.exe\u202c \u2066hidden\u2069 \u200f",
    "controls": "a\x00b\x08c\x7fd\x85e",
    "header": "x\r\nBcc: all@evil.example\r\n\r\nbody",
    "formula": '=cmd|"/C calc"!A0',
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "entities": "&lt;script&gt; &xxe;",
    "javascript": "javascript:alert(1)",
    "surrogate": "lone \ud800 surrogate",
}
OURS = ("https://watch.example/", "https://platform.example/")
"""Where addresses that are ours, or were checked to be http, may lead."""


def hostile_change(text: str) -> Delivery:
    """A change in which every text a page or a declaration could bring is the hostile one."""
    return change_delivery(
        changes.change(
            service=text,
            terms=text,
            title=text,
            post="https://platform.example/blog/1",
            url="https://platform.example/privacy",
            edits=[changes.edit(f"Before {text}", f"After {text} end", text, text), changes.edit(None, text, text)],
            flags=[changes.flag(before=f"Before {text}", after=f"After {text} end", evidence=text)],
            facts=[
                changes.fact(FactName.RECIPIENT, text),
                changes.fact(FactName.REGION, text),
                changes.fact(FactName.DATA_USED, text),
                changes.fact(FactName.OPT_OUT_PATH, f"Settings > {text}"),
                changes.fact(FactName.OPT_OUT_URL, text),
            ],
        )
    )


def hostile_digest(text: str) -> Delivery:
    return delivery_of(next(digests([hostile_change(text), change_delivery(changes.change())], "daily", NOW))[0])


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[hostile_change, hostile_digest], ids=["change", "digest"])
def delivery(request: pytest.FixtureRequest, text: str) -> Delivery:
    found: Delivery = request.param(text)
    return found


def texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


def elements(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object of a payload that names its type."""
    match value:
        case dict():
            if "type" in value:
                yield value
            for inner in value.values():
                yield from elements(inner)
        case list():
            for inner in value:
                yield from elements(inner)


def unseen(told: str) -> list[str]:
    """Characters that a terminal obeys or that reorder or hide text; a zero-width space is what we put there."""
    return [
        repr(char)
        for char in told
        if (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t\r")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff"
    ]


def test_slack_interprets_nothing(delivery: Delivery) -> None:
    payload = slack_message(note_of(delivery.body, "en", NOW.date()))
    assert {one["type"] for one in elements(payload)} <= {
        "header", "plain_text", "rich_text", "rich_text_section", "rich_text_quote", "text", "link", "context",
    }  # fmt: skip
    assert all(one["url"].startswith(OURS) for one in elements(payload) if one["type"] == "link")
    assert not re.search(r"[<>]", payload["text"])
    assert payload["mrkdwn"] is False
    assert unseen("".join(texts(payload))) == []


def test_teams_interprets_nothing(delivery: Delivery) -> None:
    payload = teams_message(note_of(delivery.body, "en", NOW.date()))
    assert {one["type"] for one in elements(payload)} <= {
        "message", "AdaptiveCard", "RichTextBlock", "TextRun", "ColumnSet", "Column", "Container", "Action.OpenUrl",
    }  # fmt: skip
    assert all(one["url"].startswith(OURS) for one in elements(payload) if one["type"] == "Action.OpenUrl")
    assert unseen("".join(texts(payload))) == []


@pytest.mark.parametrize("form", [discord_message, mattermost_message])
def test_markdown_formats_links_and_calls_nothing(form: Callable[..., dict[str, Any]], delivery: Delivery) -> None:
    payload = form(note_of(delivery.body, "en", NOW.date()))
    told = "\n".join(texts(payload))
    assert unseen(told) == []
    assert not re.search(r"@(everyone|here|channel|all)|<(@[!&]?\w|#\w|![a-z])", told)
    (written,) = payload["embeds"] if "embeds" in payload else payload["attachments"]
    marked = [value for key, value in written.items() if key in ("description", "text")]
    marked += [field[key] for field in written["fields"] for key in field if key in ("value", "name", "title")]
    html = etree.HTML("<div>" + "".join(MarkdownIt("gfm-like", {"linkify": False}).render(one) for one in marked))
    assert all(href.startswith(OURS) for href in html.xpath("//@href"))
    assert not html.xpath("//img | //script | //code | //pre | //h1 | //h2 | //h3 | //@onerror")
    assert all(address.startswith(OURS) for one in marked for address in re.findall(r"https?://\S+", one))


def test_discord_is_told_to_call_nobody(delivery: Delivery) -> None:
    assert discord_message(note_of(delivery.body, "en", NOW.date()))["allowed_mentions"] == {"parse": []}


def test_a_mail_has_our_headers_our_elements_and_our_links_only(delivery: Delivery) -> None:
    message, warning = mail(
        delivery, NOW, sender="w@w.example", to="ana@x.example", language="en", own=OwnTemplates(), unsubscribe=""
    )
    plain, _ = mail(
        change_delivery(changes.change()),
        NOW,
        sender="w@w.example",
        to="ana@x.example",
        language="en",
        own=OwnTemplates(),
    )
    assert warning == ""
    assert message.keys() == plain.keys()
    text_part, html_part = message.iter_parts()
    assert unseen(text_part.get_content() + str(message["Subject"])) == []
    html = etree.HTML(html_part.get_content())
    assert {element.tag for element in html.iter() if isinstance(element.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "h1", "h2", "p", "a", "br",
        "del", "ins", "strong",
    }  # fmt: skip
    assert {name for element in html.iter() for name in element.attrib} <= {
        "lang", "charset", "name", "content", "class", "style", "role", "width", "cellpadding", "cellspacing", "align",
        "valign", "href",
    }  # fmt: skip
    assert all(href.startswith(OURS) for href in html.xpath("//@href"))
    assert unseen("".join(html.itertext())) == []


def test_a_terminal_obeys_nothing(delivery: Delivery) -> None:
    stream = io.StringIO()
    ConsoleChannel("c", stream).send(delivery, NOW)
    assert unseen(stream.getvalue()) == []


def test_lines_for_programs_are_json_and_hold_nothing_a_terminal_obeys(delivery: Delivery, tmp_path: Path) -> None:
    for name in ("file", "command"):
        path = tmp_path / name
        command = CommandChannel("c", ["/bin/sh", "-c", 'cat >> "$0"', str(path)], environment=os.environ)
        (FileChannel("c", path) if name == "file" else command).send(delivery, NOW)
        (line,) = path.read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["id"] == delivery.id
        assert unseen(line) == []


@pytest.fixture(scope="module")
def ntfy() -> Iterator[tuple[AppriseChannel, Callable[[], dict[str, Any]]]]:
    with receiving(then=Reply(200)) as receiver:
        channel = AppriseChannel("c", f"ntfy://127.0.0.1:{receiver.port}/topic?mode=private", allow_private=True)
        yield channel, lambda: json.loads(receiver.received[-1].body)


def test_through_apprise_nothing_is_called_or_linked(
    delivery: Delivery, ntfy: tuple[AppriseChannel, Callable[[], dict[str, Any]]]
) -> None:
    channel, received = ntfy
    channel.send(delivery, NOW)
    told = f"{received()['title']}\n{received()['message']}"
    assert unseen(told) == []
    assert not re.search(r"@(everyone|here|channel|all)|\]\(|<[@#!a-z]", told)
    for address in re.findall(r"https?://\S+", told):
        assert address.startswith(OURS)
