"""Alerts in the forms of chat services: within their limits, whole words, and nothing live."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.channels.discord import discord_message
from alerts.channels.mattermost import mattermost_message
from alerts.channels.slack import slack_message
from alerts.channels.teams import teams_message
from alerts.note import Note, note_of
from diffing.change import Change
from tests.support import changes
from tests.support.deliveries import change_delivery, digest_delivery
from tests.support.outbox import NOW

Form = Callable[[Note], dict[str, Any]]
FORMS = (slack_message, discord_message, teams_message, mattermost_message)
LONG = " ".join(f"word{number:04}" for number in range(500))


def noted(change: Change, language: str = "en") -> Note:
    return note_of(change_delivery(change).body, language, NOW.date())


def texts(value: Any) -> Iterator[str]:
    """Every text of a payload."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


def problems(form: Form, payload: Any) -> list[str]:
    """Which of a service's documented limits a message breaks. Written anew from the documentation, not from `form`."""
    match form.__name__:
        case "slack_message":
            return _slack(payload)
        case "discord_message":
            return _discord(payload)
        case "teams_message":
            return [] if len(json.dumps(payload).encode()) <= 28_000 else ["28 kB"]
        case _:
            attachments = json.dumps(payload["attachments"], ensure_ascii=False)
            return [] if len(attachments) <= 7_900 else ["7900 characters"]


def _slack(payload: Any) -> list[str]:
    blocks = payload["blocks"]
    found = ["50 blocks"] if len(blocks) > 50 else []
    found += ["13,100 characters"] if len(json.dumps(blocks)) > 13_100 else []
    for block in blocks:
        if block["type"] == "header" and not 1 <= len(block["text"]["text"]) <= 150:
            found.append("header of 150")
        if block["type"] == "context" and not 1 <= len(block["elements"]) <= 10:
            found.append("10 elements")
        found += ["empty text"] * sum(1 for text in texts(block) if text == "")
    return found


def _discord(payload: Any) -> list[str]:
    (embed,) = payload["embeds"]
    fields = embed["fields"]
    counted = [embed["title"], embed["description"], embed.get("footer", {}).get("text", "")]
    counted += [text for field in fields for text in (field["name"], field["value"])]
    found = ["6000 in all"] if sum(map(len, counted)) > 6000 else []
    found += ["title"] if not 1 <= len(embed["title"]) <= 256 else []
    found += ["description"] if len(embed["description"]) > 4096 else []
    found += ["25 fields"] if len(fields) > 25 else []
    found += ["field"] * sum(not (1 <= len(f["name"]) <= 256 and 1 <= len(f["value"]) <= 1024) for f in fields)
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("flags", [1, 3, 12, 40])
def test_long_redlines_are_shortened_between_words_and_lead_to_the_whole(form: Form, flags: int) -> None:
    flag = changes.flag(before=None, after=LONG, evidence="word0005")
    payload = form(noted(changes.change(flags=[flag] * flags)))
    assert problems(form, payload) == []
    told = " ".join(texts(payload))
    words = re.findall(r"\bword\w*", told)
    assert words
    assert set(words) <= set(LONG.split())
    assert "…" in told
    assert "https://watch.example/changes/1" in told


@pytest.mark.parametrize("form", FORMS)
def test_every_alert_of_a_full_digest_is_named(form: Form) -> None:
    delivery = digest_delivery(60)
    count = len(json.loads(delivery.body)["data"]["items"])
    payload = form(note_of(delivery.body, "fr", NOW.date()))
    assert problems(form, payload) == []
    told = set(re.findall(r"Service (\d+)", " ".join(texts(payload))))
    assert count >= 15
    assert {str(number) for number in range(count)} <= told


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000), st.text(max_size=300), st.sampled_from(FORMS), st.integers(1, 6))
def test_no_text_breaks_a_limit(text: str, name: str, form: Form, flags: int) -> None:
    change = changes.change(
        service=name or "x",
        edits=[changes.edit(None, text or "x", name)],
        flags=[changes.flag(before=None, after=text or "x", evidence=text[:5] or "x")] * flags,
    )
    assert problems(form, form(noted(change))) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_redline_shows_what_went_and_what_came(form: Form) -> None:
    payload = form(noted(changes.change()))
    told = json.dumps(payload, ensure_ascii=False)
    marks = {
        "slack_message": ('{"type": "text", "text": "We", "style"', '"style": {"bold": true}'),
        "discord_message": ("~~We may use your data~~", "**From 3 November"),
        "mattermost_message": ("~~We may use your data~~", "**From 3 November"),
        "teams_message": ('"strikethrough": true', '"underline": true'),
    }[form.__name__]
    assert marks[1] in told
    assert "AI training introduced" in told
    assert "3 November 2025" in told


@pytest.mark.parametrize("form", FORMS)
def test_french_readers_are_told_in_french(form: Form) -> None:
    told = " ".join(texts(form(noted(changes.change(), "fr"))))
    assert "Entraînement d’IA" in told
    assert "3 novembre 2025" in told
