"""Event: what happened, in the form it goes over the wire to every channel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from diffing.change import Change
from diffing.fault import Fault
from diffing.version import Document, text_hash

MAX_BODY = 20_000
"""Bytes of a body in UTF-8; Standard Webhooks advises receivers to expect no more than 20 kB."""
ENVELOPE = 300
"""Bytes kept free for the body's type, timestamp and reader's language around its data."""


class EventType(StrEnum):
    """What sort of thing happened."""

    CHANGE = "policy.change"
    UNREACHABLE = "document.unreachable"
    RECOVERED = "document.recovered"
    REMINDER = "reminder"
    DIGEST = "digest"
    DISABLED = "channel.disabled"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened, told to any number of channels.

    id: the idempotency key, the same at every retry and on every channel: "evt_" and hexadecimal digits.
    timestamp: when it happened (aware, UTC), not when it is told.
    data: JSON values only; for CHANGE the shape of `payload.change_data`; docs/webhook.schema.json has them all.
    reader_language: ISO 639-1 of the language its reader chose, "" where none was.
    """

    id: str
    type: EventType
    timestamp: datetime
    data: Mapping[str, Any]
    reader_language: str = ""

    def body(self) -> str:
        """Return the JSON text that is stored, signed and sent: the same event gives the same bytes."""
        envelope: dict[str, Any] = {"type": self.type.value, "timestamp": iso(self.timestamp)}
        if self.reader_language:
            envelope["reader_language"] = self.reader_language
        return json.dumps({**envelope, "data": self.data}, ensure_ascii=False, separators=(",", ":"))

    def read_in(self, language: str) -> "Event":
        """The same event for a reader of that language."""
        return replace(self, reader_language=language)


def change_event(change: Change, data: Mapping[str, Any], reader_language: str = "") -> Event:
    """Tell of a change; `data` is its `payload.change_data`. It happened when we observed the new text."""
    return Event(
        id=f"evt_{change.id}",
        type=EventType.CHANGE,
        timestamp=change.after.observed_at,
        data=data,
        reader_language=reader_language,
    )


def unreachable_event(document: Document, fault: Fault, *, url: str, since: datetime, at: datetime) -> Event:
    """Tell that a document has given no trustworthy text since `since`; one event for each such spell."""
    data = _place(document, url) | {
        "since": iso(since),
        "fault": {"reason": fault.reason.value, "where": fault.where, "what": fault.what, "todo": fault.todo},
    }
    return Event(id=event_id(document, "unreachable", iso(since)), type=EventType.UNREACHABLE, timestamp=at, data=data)


def recovered_event(document: Document, *, url: str, since: datetime, at: datetime) -> Event:
    """Tell that a document is readable again after the spell that began at `since`."""
    data = _place(document, url) | {"since": iso(since), "recovered_at": iso(at)}
    return Event(id=event_id(document, "recovered", iso(since)), type=EventType.RECOVERED, timestamp=at, data=data)


def disabled_event(channel: str, reason: str, *, failing_since: datetime | None, held: int, at: datetime) -> Event:
    """Tell that nothing more is sent to a channel since `at`, and why. held: alerts that wait for it."""
    name = text_hash(f"disabled {channel} {iso(at)}")[:16]
    since = iso(failing_since) if failing_since else None
    data = {"channel": channel, "reason": reason, "disabled_at": iso(at), "failing_since": since, "held": held}
    return Event(id=f"evt_{name}", type=EventType.DISABLED, timestamp=at, data=data)


TEST_MESSAGE = {
    "en": "This is a test from Clausewatch: alerts will arrive here.",
    "fr": "Ceci est un essai de Clausewatch : les alertes arriveront ici.",
}


def trial_event(channel: str, now: datetime) -> Event:
    """Let somebody see that a channel works; each moment gives another id."""
    name = text_hash(f"test {channel} {iso(now)}")[:16]
    return Event(
        id=f"evt_{name}", type=EventType.TEST, timestamp=now, data={"channel": channel, "message": TEST_MESSAGE}
    )


def event_id(document: Document, *parts: str) -> str:
    """Return a stable id for something that happened to a document."""
    return "evt_" + text_hash("\0".join((document.service, document.terms, document.post, *parts)))[:16]


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC.

    >>> iso(datetime(2025, 11, 4, 6, 30, tzinfo=UTC))
    '2025-11-04T06:30:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_of(text: str | None) -> date | None:
    """Read a day of an event's data, 2025-11-03; None where there is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _place(document: Document, url: str) -> dict[str, Any]:
    return {"service": document.service, "terms": document.terms, "url": url} | (
        {"post": document.post} if document.post else {}
    )
