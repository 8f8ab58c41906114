"""Digest: alerts that are told together, in as few messages as they fit in. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from alerts.delivery import Delivery
from alerts.event import ENVELOPE, MAX_BODY, Event, EventType, iso
from alerts.payload import size
from alerts.shorten import shorten
from diffing.version import text_hash

ROOM: Final = MAX_BODY - ENVELOPE - 600
"""Bytes of the items of one digest; what surrounds them takes less than the rest."""
MAX_SUMMARY: Final = 500
"""Characters of the sentence of each alert; the whole alert is behind its link."""
MAX_NAME: Final = 120
"""Characters of a name in an item."""
WEIGHT: Final = {"high": 0, "medium": 1, "low": 2}
"""Severities, the one that a reader should see first; what has none comes last."""
KEPT: Final = ("change_id", "post", "url", "kind", "severity", "topics", "links", "since", "recovered_at", "reminder")
"""What of an alert's data an item keeps as it is."""


def digests(deliveries: Sequence[Delivery], why: str, now: datetime) -> Iterator[tuple[Event, tuple[Delivery, ...]]]:
    """Put gathered deliveries of one channel together: digests under 20 kB, each with the deliveries it tells.

    why: "daily", "weekly" or "surplus". What matters most comes first. The same deliveries give the same ids.
    """
    language, items = _language(deliveries), sorted(deliveries, key=_weight)
    parts = list(_parts(items))
    for number, part in enumerate(parts, start=1):
        data = {
            "digest": why,
            "channel": deliveries[0].channel,
            "part": number,
            "parts": len(parts),
            "number": len(deliveries),
            "since": iso(min(one.created_at for one in deliveries)),
            "items": [item for item, _ in part],
        }
        told = tuple(delivery for _, delivery in part)
        name = text_hash("\0".join((why, told[0].channel, *(one.id for one in told))))[:16]
        yield (
            Event(id=f"evt_{name}", type=EventType.DIGEST, timestamp=now, data=data, reader_language=language),
            told,
        )


def item_of(delivery: Delivery) -> dict[str, Any]:
    """Write an alert in brief: what it is, its sentence, its dates and its links."""
    event = json.loads(delivery.body)
    data = event["data"]
    brief: dict[str, Any] = {"id": delivery.id, "type": event["type"], "timestamp": event["timestamp"]}
    brief |= {key: shorten(str(data[key]), MAX_NAME) for key in ("service", "terms", "title") if key in data}
    brief |= {key: data[key] for key in KEPT if key in data}
    if "summary" in data:
        brief["summary"] = {language: shorten(text, MAX_SUMMARY) for language, text in data["summary"].items()}
    if "facts" in data:
        brief["facts"] = {name: data["facts"][name] for name in ("effective_date", "opt_out_by")}
        brief["flags"] = _told(data["flags"])
    if "fault" in data:
        brief["fault"] = {"reason": data["fault"]["reason"]}
    return brief


def _parts(deliveries: Iterable[Delivery]) -> Iterator[list[tuple[dict[str, Any], Delivery]]]:
    part: list[tuple[dict[str, Any], Delivery]] = []
    room = ROOM
    for delivery in deliveries:
        item = item_of(delivery)
        needed = size(item) + 1
        if part and needed > room:
            yield part
            part, room = [], ROOM
        part.append((item, delivery))
        room -= needed
    if part:
        yield part


def _told(flags: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Name each topic and effect once."""
    found = dict.fromkeys((flag["topic"], flag["effect"]) for flag in flags)
    return [{"topic": topic, "effect": effect} for topic, effect in found]


def _weight(delivery: Delivery) -> tuple[int, datetime]:
    severity = json.loads(delivery.body)["data"].get("severity", "")
    return WEIGHT.get(severity, len(WEIGHT)), delivery.created_at


def _language(deliveries: Iterable[Delivery]) -> str:
    """The first reader's language; a channel whose subscriptions differ in it is told in that of its first alert."""
    return next((found for one in deliveries if (found := json.loads(one.body).get("reader_language"))), "")
