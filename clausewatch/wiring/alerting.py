"""Alerting: subscriptions and the outbox, put together by the configuration."""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.deliverer import Delivered, deliver_due
from alerts.event import disabled_event, recovered_event, unreachable_event
from alerts.handling import Handling
from alerts.named import named
from alerts.outbox import Endpoint, Outbox
from alerts.reminders import Ahead, reminders
from alerts.routing import Subscription, fan_out, fault_messages, in_group, message, messages
from alerts.times import Digest, Quiet, Rhythm
from alerts.unsubscribe import endpoint_of, token_of
from clausewatch.config import Channel as Settings
from clausewatch.config import Config, Subscribe
from clausewatch.config.hours import clock, hours, span, zone
from clausewatch.config.subscribe import WEEKDAYS
from clausewatch.wiring.keeping import now_utc
from clausewatch.wiring.linking import links
from clausewatch.wiring.sending import channels, endpoints
from crawler.lasting import NotifyFault
from crawler.recorder import Notify
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.change import Change
from diffing.fault import Fault
from diffing.version import Document

REMIND_EVERY = timedelta(minutes=1)
"""How often is asked whom to remind."""


def subscriptions(config: Config) -> tuple[Subscription, ...]:
    """Who is told what, an endpoint each."""
    return fan_out((_subscription(one, config) for one in config.subscriptions), endpoints(config))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """What a round of deliveries did. waiting: alerts still in the outbox. problems, warnings: a sentence a channel."""

    delivered: int
    waiting: int
    problems: Mapping[str, str]
    warnings: Mapping[str, str]


def deliver(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Delivering:
    """Send what is due."""
    return deliverer(config, kept, now=now)()


def deliverer(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Callable[[], Delivering]:
    """A function that sends what is due, for who calls it again and again: the channels are made once.

    It also puts the reminders that are due into the outbox, once a minute.
    """
    box, handling = outbox(config, kept), _handling(config)
    working, broken = channels(config, unsubscribing(config, kept))
    complaints = {name: f"{error.what}; {error.todo}" for name, error in broken.items()}

    put_reminders = _reminding(config, box)

    def send() -> Delivering:
        put_reminders(now())
        done: Delivered = deliver_due(box, working, now, worker_name(), handling=handling)
        return Delivering(
            delivered=done.delivered,
            waiting=box.waiting(),
            problems={**done.problems, **complaints},
            warnings=done.warnings,
        )

    return send


def _reminding(config: Config, box: Outbox) -> Callable[[datetime], None]:
    """What puts the reminders that are due into the outbox, unless it did so in the last minute."""
    told, known = config.alerts, frozenset(endpoints(config))
    ahead = Ahead(days=told.reminders, at=clock(told.remind_at), zone=zone(told.timezone))
    last: list[datetime] = []

    def put(now: datetime) -> None:
        if not ahead.days or (last and timedelta(0) <= now - last[-1] < REMIND_EVERY):
            return
        last[:] = [now]
        today = now.astimezone(ahead.zone).date()
        disabled = {one.channel for one in box.endpoints() if one.disabled_at}
        found = named(box.store, today, today + timedelta(days=max(ahead.days) + 1), known - disabled)
        box.add(reminders(found, now, ahead), now)

    return put


def unsubscribing(config: Config, kept: Archive) -> Callable[[str], str]:
    """What gives an endpoint the address that ends its alerts."""
    base, key = config.web.public_url, _unsubscribe_key(kept)
    return lambda endpoint: f"{base}/unsubscribe/{token_of(endpoint, key)}" if base else ""


def subscriber(kept: Archive, token: str) -> str | None:
    """The endpoint a token of such an address is for; None for one that is none of ours."""
    return endpoint_of(token, _unsubscribe_key(kept))


def unsubscribe(config: Config, kept: Archive, token: str, *, now: Callable[[], datetime] = now_utc) -> str | None:
    """End the alerts to the endpoint a token is for, and say which; None, and nothing done, for a wrong token.

    What waits for it is held, so that `alerts enable` undoes it. Its owner is told. Doing it twice changes nothing.
    """
    endpoint = subscriber(kept, token)
    if endpoint is not None:
        outbox(config, kept).disable(endpoint, "unsubscribed by its reader", now())
    return endpoint


def _unsubscribe_key(kept: Archive) -> bytes:
    with kept.reading() as database:
        ((key,),) = database.execute("SELECT value FROM settings WHERE name = 'unsubscribe_key'").fetchall()
    return bytes(key)


def outbox(config: Config, kept: Archive) -> Outbox:
    """The outbox, which tells of a channel that is disabled."""
    languages = {one.channel: one.language for one in reversed(subscriptions(config))}

    def notice(endpoint: Endpoint, held: int) -> Iterable[Message]:
        at = endpoint.disabled_at
        if at is None:
            return ()
        since = endpoint.failing_since
        event = disabled_event(endpoint.channel, endpoint.reason, failing_since=since, held=held, at=at)
        return [
            message(event.read_in(languages.get(name, "")), name, due_at=at)
            for name in _fallbacks(config, endpoint.channel)
        ]

    return Outbox(kept, notice=notice)


def worker_name() -> str:
    """A name no other running deliverer has."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def notifier(config: Config) -> Notify:
    """Who is told of a change, as the messages that go to the outbox with it."""
    told, linked = subscriptions(config), links(config)

    def notify(change: Change) -> Sequence[Message]:
        # Due when it was observed: a crawl whose clock was set back must not wait for its own past.
        return messages(change, told, change.after.observed_at, links=linked(change))

    return notify


def fault_notifier(config: Config) -> NotifyFault:
    """Who is told that a text cannot be read, or can be again."""
    told = subscriptions(config)

    def notify(
        document: Document, fault: Fault | None, *, url: str, since: datetime, at: datetime
    ) -> Sequence[Message]:
        if fault is None:
            event = recovered_event(document, url=url, since=since, at=at)
        else:
            event = unreachable_event(document, fault, url=url, since=since, at=at)
        return fault_messages(event, document, told, at)

    return notify


def _subscription(one: Subscribe, config: Config) -> Subscription:
    return Subscription(
        channel=one.channel,
        topics=one.topics,
        effects=one.effects,
        severities=one.severities,
        services=one.services,
        terms=one.terms,
        kinds=one.kinds,
        regions=one.regions,
        text_languages=one.text_languages,
        language=one.language,
        unflagged=one.unflagged,
        changes=one.changes,
        faults=one.faults,
        rhythm=_rhythm(one, config),
    )


def _rhythm(one: Subscribe, config: Config) -> Rhythm | None:
    if not one.digest:
        return None
    return Rhythm(
        every=Digest(one.digest),
        at=clock(one.at),
        weekday=WEEKDAYS.index(one.weekday),
        zone=_zone(one.timezone, config),
    )


def _handling(config: Config) -> dict[str, Handling]:
    return {
        endpoint: Handling(quiet=_quiet(settings, config), limit=settings.limit, per=span(settings.per))
        for endpoint, settings in endpoints(config).items()
    }


def _quiet(settings: Settings, config: Config) -> Quiet | None:
    if not settings.quiet:
        return None
    start, end = hours(settings.quiet)
    return Quiet(start=start, end=end, zone=_zone(settings.timezone, config))


def _zone(name: str, config: Config) -> ZoneInfo:
    return zone(name or config.alerts.timezone)


def _fallbacks(config: Config, endpoint: str) -> list[str]:
    """Who is told when an endpoint is disabled: as its channel says, else whoever is told of faults."""
    known = endpoints(config)
    wanted = known[endpoint].fallback if endpoint in known else ()
    names = wanted or tuple(one.channel for one in config.subscriptions if one.faults)
    return [other for other in known if other != endpoint and any(in_group(other, name) for name in names)]
