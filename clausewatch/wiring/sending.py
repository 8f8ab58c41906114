"""Sending: the configured channels as concrete endpoints, one for each recipient."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from alerts.channels.channel import Channel
from alerts.channels.chat import ChatChannel
from alerts.channels.command import CommandChannel
from alerts.channels.console import ConsoleChannel
from alerts.channels.discord import discord_message
from alerts.channels.email import EmailChannel
from alerts.channels.file import FileChannel
from alerts.channels.mattermost import mattermost_message
from alerts.channels.slack import slack_message
from alerts.channels.teams import teams_message
from alerts.channels.webhook import WebhookChannel
from alerts.delivery import Delivery, State
from alerts.errors import AlertError
from alerts.event import trial_event
from alerts.routing import in_group
from clausewatch.config import (
    Apprise,
    Command,
    Config,
    Console,
    Discord,
    Email,
    File,
    Mattermost,
    Slack,
    Teams,
    Webhook,
)
from clausewatch.config import Channel as Settings
from clausewatch.errors import NotFoundError
from clausewatch.wiring.keeping import now_utc

FORMS = {Slack: slack_message, Discord: discord_message, Teams: teams_message, Mattermost: mattermost_message}
"""How a note is written for each chat service."""


Unsubscribe = Callable[[str], str]
"""The address that ends the alerts to an endpoint, "" where no pages are served."""


def endpoints(config: Config) -> dict[str, Settings]:
    """The configured channels, with one endpoint for each recipient of a mail channel."""
    found: dict[str, Settings] = {}
    for name, settings in config.channels.items():
        if isinstance(settings, Email):
            found |= {f"{name}/{address}": settings.model_copy(update={"to": (address,)}) for address in settings.to}
        else:
            found[name] = settings
    return found


def named_endpoints(config: Config, name: str) -> dict[str, Settings]:
    """The endpoints a name means: its own, or those of its group. Raises NotFoundError for an unknown name."""
    chosen = {endpoint: told for endpoint, told in endpoints(config).items() if in_group(endpoint, name)}
    if not chosen:
        known = ", ".join(config.channels) or "none"
        raise NotFoundError(f"channel {name}", "is not configured", f"known channels: {known}")
    return chosen


def channels(config: Config, unsubscribe: Unsubscribe) -> tuple[dict[str, Channel], dict[str, AlertError]]:
    """The channels that can work, by endpoint, and what is wrong with the others: each stops only itself."""
    working: dict[str, Channel] = {}
    broken: dict[str, AlertError] = {}
    for endpoint, settings in endpoints(config).items():
        try:
            working[endpoint] = _channel(endpoint, settings, unsubscribe)
        except AlertError as error:
            broken[endpoint] = error
    return working, broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of a test of an endpoint."""

    endpoint: str
    accepted: bool
    detail: str


def send_test(config: Config, name: str, *, now: Callable[[], datetime] = now_utc) -> tuple[Trial, ...]:
    """Send a test through a channel, or to every recipient of it. Raises NotFoundError for an unknown name."""
    return tuple(_try(endpoint, settings, now()) for endpoint, settings in named_endpoints(config, name).items())


def _channel(endpoint: str, settings: Settings, unsubscribe: Unsubscribe = lambda endpoint: "") -> Channel:
    match settings:
        case Webhook(url=url, secret=secret, old_secrets=old, allow_private=private):
            held = tuple(one.get_secret_value() for one in (secret, *old))
            return WebhookChannel(endpoint, url, lambda: held, allow_private=private)
        case Email():
            return _mail(endpoint, settings, unsubscribe(endpoint))
        case Slack() | Discord() | Teams() | Mattermost():
            url = settings.url.get_secret_value()
            form, templates = FORMS[type(settings)], settings.templates
            return ChatChannel(endpoint, url, form, templates=templates, allow_private=settings.allow_private)
        case Apprise():
            return _apprise(endpoint, settings)
        case Command(command=command, timeout=timeout):
            return CommandChannel(endpoint, command, environment=os.environ, timeout=timeout)
        case Console(templates=templates):
            return ConsoleChannel(endpoint, sys.stderr, templates=templates)
        case File(path=path):
            return FileChannel(endpoint, path)


def _apprise(endpoint: str, settings: Apprise) -> Channel:
    from alerts.channels.apprise import AppriseChannel  # it takes a third of a second to import

    url = settings.url.get_secret_value()
    return AppriseChannel(endpoint, url, allow_private=settings.allow_private, templates=settings.templates)


def _mail(endpoint: str, settings: Email, unsubscribe: str) -> EmailChannel:
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
        templates=settings.templates,
        unsubscribe=unsubscribe,
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
    return Trial(endpoint=endpoint, accepted=True, detail=receipt.warning or receipt.detail)
