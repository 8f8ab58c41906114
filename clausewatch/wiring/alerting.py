"""Alerting: subscriptions, channels and the outbox, put together by the configuration."""

import os
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.channels.channel import Channel
from alerts.channels.console import ConsoleChannel
from alerts.channels.email import EmailChannel
from alerts.channels.file import FileChannel
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import Delivered, deliver_due
from alerts.delivery import Delivery, State
from alerts.errors import AlertError
from alerts.event import trial_event
from alerts.outbox import Outbox
from alerts.routing import Subscription, fan_out, in_group, messages
from clausewatch.config import Channel as Settings
from clausewatch.config import Config, Console, Email, File, Webhook
from clausewatch.errors import NotFoundError
from clausewatch.wiring.keeping import now_utc
from crawler.recorder import Notify
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.change import Change


def subscriptions(config: Config) -> tuple[Subscription, ...]:
    """Who is told what, an endpoint each."""
    told = (
        Subscription(
            channel=one.channel,
            topics=one.topics,
            effects=one.effects,
            severities=one.severities,
            services=one.services,
            terms=one.terms,
            kinds=one.kinds,
            language=one.language,
            unflagged=one.unflagged,
        )
        for one in config.subscriptions
    )
    return fan_out(told, _endpoints(config))


def channels(config: Config) -> tuple[dict[str, Channel], dict[str, AlertError]]:
    """The channels that can work, by endpoint, and what is wrong with the others: each stops only itself."""
    working: dict[str, Channel] = {}
    broken: dict[str, AlertError] = {}
    for endpoint, settings in _endpoints(config).items():
        try:
            working[endpoint] = _channel(endpoint, settings)
        except AlertError as error:
            broken[endpoint] = error
    return working, broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """What a round of deliveries did. waiting: alerts still in the outbox. problems: a sentence for each channel."""

    delivered: int
    waiting: int
    problems: Mapping[str, str]


def deliver(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Delivering:
    """Send what is due."""
    outbox = Outbox(kept)
    working, broken = channels(config)
    done: Delivered = deliver_due(outbox, working, now, worker_name())
    problems = {**done.problems, **{name: f"{error.what}; {error.todo}" for name, error in broken.items()}}
    return Delivering(delivered=done.delivered, waiting=outbox.waiting(), problems=problems)


def worker_name() -> str:
    """A name no other running deliverer has."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of a test of an endpoint."""

    endpoint: str
    accepted: bool
    detail: str


def send_test(config: Config, name: str, *, now: Callable[[], datetime] = now_utc) -> tuple[Trial, ...]:
    """Send a test through a channel, or to every recipient of it. Raises NotFoundError for an unknown name."""
    chosen = {endpoint: told for endpoint, told in _endpoints(config).items() if in_group(endpoint, name)}
    if not chosen:
        known = ", ".join(config.channels) or "none"
        raise NotFoundError(f"channel {name}", "is not configured", f"known channels: {known}")
    return tuple(_try(endpoint, settings, now()) for endpoint, settings in chosen.items())


def no_links(change: Change) -> Mapping[str, str]:
    """Where a reader can look a change up: nowhere, as long as no dashboard is served."""
    return {}


def notifier(config: Config) -> Notify:
    """Who is told of a change, as the messages that go to the outbox with it."""
    told = subscriptions(config)

    def notify(change: Change) -> Sequence[Message]:
        # Due when it was observed: a crawl whose clock was set back must not wait for its own past.
        return messages(change, told, change.after.observed_at)

    return notify


def _endpoints(config: Config) -> dict[str, Settings]:
    """The configured channels, with one endpoint for each recipient of a mail channel."""
    found: dict[str, Settings] = {}
    for name, settings in config.channels.items():
        if isinstance(settings, Email):
            found |= {f"{name}/{address}": settings.model_copy(update={"to": (address,)}) for address in settings.to}
        else:
            found[name] = settings
    return found


def _channel(endpoint: str, settings: Settings) -> Channel:
    match settings:
        case Webhook(url=url, secret=secret, old_secrets=old, allow_private=private):
            held = tuple(one.get_secret_value() for one in (secret, *old))
            return WebhookChannel(endpoint, url, lambda: held, allow_private=private)
        case Email():
            return _mail(endpoint, settings)
        case Console():
            return ConsoleChannel(endpoint, sys.stderr)
        case File(path=path):
            return FileChannel(endpoint, path)


def _mail(endpoint: str, settings: Email) -> EmailChannel:
    (recipient,) = settings.to
    return EmailChannel(
        endpoint,
        host=settings.host,
        port=settings.port,
        security=settings.security,
        sender=settings.sender,
        to=recipient,
        user=settings.user,
        password=settings.password.get_secret_value,
    )


def _try(endpoint: str, settings: Settings, now: datetime) -> Trial:
    event = trial_event(endpoint, now)
    delivery = Delivery(
        id=event.id,
        channel=endpoint,
        event=event.type.value,
        body=event.body(),
        state=State.WAITING,
        attempts=0,
        created_at=now,
        next_at=now,
    )
    try:
        receipt = _channel(endpoint, settings).send(delivery, now)
    except AlertError as error:
        return Trial(endpoint=endpoint, accepted=False, detail=f"{error.what}; {error.todo}")
    return Trial(endpoint=endpoint, accepted=True, detail=receipt.detail)
