"""Routing: who is told of what. Pure; a message for each channel that asked for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase

from alerts.event import Event, change_event
from alerts.payload import change_data
from alerts.regions import concerns
from alerts.times import Rhythm
from diffing.archive.record import Message
from diffing.change import Change
from diffing.fact import FactName
from diffing.version import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one channel wants to be told. An empty filter lets everything through; all filters must agree.

    channel: its name, or the name before the "/" of a group of endpoints ("mail" for "mail/ana@example.org").
    topics, effects: a change passes when one of its flags has both. severities, kinds: values of the change.
    services, terms: names or globs ("Meta*"), in any case.
    regions: codes of places people live in; see `regions.concerns`. text_languages: ISO 639-1, of the text.
    language: ISO 639-1 of the language to read in ("" leaves it to the channel).
    unflagged: also tell of changes that no topic was found in.
    changes, faults: whether it is about changes, about texts that cannot be read, or both.
    rhythm: told together at these times; None tells at once.
    """

    channel: str
    topics: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    text_languages: tuple[str, ...] = ()
    language: str = ""
    unflagged: bool = False
    changes: bool = True
    faults: bool = False
    rhythm: Rhythm | None = None


def messages(
    change: Change, subscriptions: Sequence[Subscription], now: datetime, *, links: Mapping[str, str] | None = None
) -> tuple[Message, ...]:
    """Write a message for each channel that wants to be told of `change`; none when it is no news.

    The first subscription that matches speaks for its channel, so a channel is told once. links: see `change_data`.
    """
    wanted = tuple(_first_of_each_channel(s for s in subscriptions if wants(s, change)))
    if not wanted:
        return ()
    data = change_data(change, links=links or {})
    return tuple(addressed(change_event(change, data, s.language), s, now) for s in wanted)


def fault_messages(
    event: Event, document: Document, subscriptions: Sequence[Subscription], now: datetime
) -> tuple[Message, ...]:
    """Write a message for each channel that wants to hear that `document` cannot be read, or can be again.

    event: of `event.unreachable_event` or `event.recovered_event`.
    """
    wanted = _first_of_each_channel(s for s in subscriptions if s.faults and _names(s, document))
    return tuple(addressed(event.read_in(s.language), s, now) for s in wanted)


def wants(subscription: Subscription, change: Change) -> bool:
    """Tell whether a subscriber is to be told of this change."""
    judgement = change.judgement
    return (
        subscription.changes
        and judgement.news
        and _among(judgement.severity, subscription.severities)
        and _among(judgement.kind, subscription.kinds)
        and _among(change.after.language, subscription.text_languages)
        and _names(subscription, change.after.document)
        and _lives_there(subscription, change)
        and _flag_wanted(subscription, change)
    )


def addressed(event: Event, subscription: Subscription, now: datetime) -> Message:
    """Address an event as a subscription wants it: at once, or for its next digest."""
    told = message(event, subscription.channel, due_at=now)
    rhythm = subscription.rhythm
    return told if rhythm is None else replace(told, due_at=rhythm.next(now), digest=rhythm.every.value)


def message(event: Event, channel: str, *, due_at: datetime) -> Message:
    """Address an event to a channel, to be sent from `due_at` on."""
    return Message(id=event.id, channel=channel, event=event.type.value, body=event.body(), due_at=due_at)


def fan_out(subscriptions: Iterable[Subscription], endpoints: Iterable[str]) -> tuple[Subscription, ...]:
    """Give each endpoint of a group its own subscription, so that each is retried and disabled alone.

    >>> made = fan_out([Subscription(channel="mail")], ["mail/ana@example.org", "mail/bo@example.org", "hook"])
    >>> [subscription.channel for subscription in made]
    ['mail/ana@example.org', 'mail/bo@example.org']
    """
    names = tuple(endpoints)
    return tuple(replace(s, channel=name) for s in subscriptions for name in names if in_group(name, s.channel))


def in_group(endpoint: str, name: str) -> bool:
    """Tell whether `name` means this endpoint: it is its name, or the name of its group."""
    return endpoint == name or endpoint.startswith(f"{name}/")


def _flag_wanted(subscription: Subscription, change: Change) -> bool:
    flags = change.judgement.flags
    if not flags:
        return subscription.unflagged and not subscription.topics and not subscription.effects
    return any(_among(flag.topic, subscription.topics) and _among(flag.effect, subscription.effects) for flag in flags)


def _lives_there(subscription: Subscription, change: Change) -> bool:
    named = (fact.value for fact in change.judgement.facts if fact.name is FactName.REGION)
    return not subscription.regions or concerns(named, subscription.regions)


def _names(subscription: Subscription, document: Document) -> bool:
    return _matches(document.service, subscription.services) and _matches(document.terms, subscription.terms)


def _first_of_each_channel(subscriptions: Iterable[Subscription]) -> Iterator[Subscription]:
    seen: set[str] = set()
    for subscription in subscriptions:
        if subscription.channel not in seen:
            seen.add(subscription.channel)
            yield subscription


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def _matches(name: str, globs: tuple[str, ...]) -> bool:
    return not globs or any(fnmatchcase(name.casefold(), glob.casefold()) for glob in globs)
