"""Reminders: which dates that an alert named are near, and have not been overtaken since. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from alerts.delivery import Delivery
from alerts.event import Event, EventType, day_of
from alerts.routing import message
from alerts.times import moment
from diffing.archive.record import Message
from diffing.change import ChangeKind
from diffing.flag import Effect
from diffing.version import text_hash

DATES: Final = ("opt_out_by", "effective_date")
"""Facts one is reminded of, the one a reader can act upon first; two that name one day are one reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A change of the same text, made after the one an alert told of.

    dates: ISO dates it names, by the fact's name. flags: topic and effect of each.
    """

    kind: str
    dates: Mapping[str, frozenset[str]]
    flags: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An alert that named a date, and what became of its text since. later: in order; only what is news."""

    alert: Delivery
    later: tuple[Later, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """When to remind: on which days before the date, from what hour on, by whose clock."""

    days: tuple[int, ...]
    at: time
    zone: ZoneInfo


def reminders(named: Iterable[Named], now: datetime, ahead: Ahead) -> Iterator[Message]:
    """Write the reminders that are due at `now`, each to the channel its alert went to.

    The same reminder has the same id whenever it is written, so that putting it into the outbox again changes nothing.
    Of several that are due, as after an outage, only the latest is told. An alert that was itself made as late as its
    reminder needs none. A date that a later change moved, or whose change was taken back, is not reminded of.
    """
    for one in named:
        told: set[str] = set()
        data = json.loads(one.alert.body)["data"]
        for of in DATES:
            text = data["facts"][of]
            day = day_of(text)
            if day is None or text in told or overtaken(of, text, data, one.later):
                continue
            told.add(text)
            if (days := _due(day, now, ahead)) is None:
                continue
            from_then = moment(day - timedelta(days=days), ahead.at, ahead.zone)
            if one.alert.created_at < from_then:
                event = _event(one.alert, of, day, days, from_then)
                yield message(event, one.alert.channel, due_at=now)


def overtaken(of: str, text: str, data: Mapping[str, Any], later: Sequence[Later]) -> bool:
    """Tell whether a later change named another date, went back to an earlier text, or withdrew what was flagged."""
    topics = {flag["topic"] for flag in data["flags"]}
    for change in later:
        if change.kind == ChangeKind.RETURN or (change.dates.get(of) and text not in change.dates[of]):
            return True
        withdrawn = {topic for topic, effect in change.flags if effect == Effect.WITHDRAWS}
        kept = {topic for topic, effect in change.flags if effect != Effect.WITHDRAWS}
        if topics and topics <= withdrawn - kept:
            return True
    return False


def _due(day: date, now: datetime, ahead: Ahead) -> int | None:
    """The smallest number of days ahead whose hour has come, None when none has or the day is over."""
    if now.astimezone(ahead.zone).date() > day:
        return None
    reached = (days for days in ahead.days if moment(day - timedelta(days=days), ahead.at, ahead.zone) <= now)
    return min(reached, default=None)


def _event(alert: Delivery, of: str, day: date, days: int, at: datetime) -> Event:
    told = json.loads(alert.body)
    name = text_hash("\0".join(("reminder", alert.id, of, day.isoformat(), str(days))))[:16]
    return Event(
        id=f"evt_{name}",
        type=EventType.REMINDER,
        timestamp=at,
        data={**told["data"], "reminder": {"of": of, "date": day.isoformat(), "days": days}},
        reader_language=told.get("reader_language", ""),
    )
