"""Wiring: the one place that picks concrete parts and puts them together by the configuration."""

import os
import secrets
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import data
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
from crawler import run
from crawler.declarations import Declaration, Declarations, load
from crawler.extraction import EXTRACTOR, Extraction, extract
from crawler.job import KnownPosts, Validators
from crawler.recorder import Notify, Recorder
from crawler.settings import user_agent
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.capture import Capture
from diffing.change import Change
from diffing.topics import Topic, load_topics
from diffing.version import Document


def now_utc() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def archive(config: Config, *, must_exist: bool = False) -> Archive:
    """The archive. must_exist: raise NotFoundError instead of making an empty one, for commands that only ask."""
    if must_exist and not config.archive.exists():
        raise NotFoundError(str(config.archive), "there is no archive yet", "crawl or import something first")
    return Archive.open(config.archive)


def topics(config: Config) -> tuple[Topic, ...]:
    """The shipped topics and the user's own."""
    return load_topics((data.folder("topics"), *config.topics))


def targets(config: Config) -> Declarations:
    """The declarations of the configured folders, else the shipped ones."""
    return load(config.targets or (data.folder("declarations"),))


def recorder(config: Config, kept: Archive, *, alert: bool = True, known: Iterable[Declaration] = ()) -> Recorder:
    """What judges and keeps. alert: put messages for subscribers into the outbox too.

    known: the declarations in force, by which earlier captures are read again after an upgrade.
    """
    return Recorder(
        kept,
        topics(config),
        notify=_notify(config) if alert else lambda change: (),
        re_extract=partial(_re_extract, {declaration.document: declaration for declaration in known}),
    )


def crawl(
    config: Config,
    kept: Archive,
    chosen: Sequence[Declaration],
    *,
    now: Callable[[], datetime] = now_utc,
    on_progress: Callable[[run.Progressed], None] | None = None,
) -> tuple[Visit, ...]:
    """Visit targets and keep what is new; what came of each, in order."""
    return run.crawl(
        chosen,
        sink=recorder(config, kept, known=chosen),
        settings=crawl_settings(config),
        now=now,
        validators=validators(kept, chosen),
        known_posts=known_posts(kept),
        on_progress=on_progress,
    )


def crawl_settings(config: Config) -> Mapping[str, Any]:
    """The configuration in Scrapy's words."""
    told = config.crawl
    return {
        "USER_AGENT": user_agent(told.contact),
        "ROBOTSTXT_OBEY": told.robots,
        "DOWNLOAD_DELAY": told.delay,
        "AUTOTHROTTLE_ENABLED": told.delay > 0,
        "AUTOTHROTTLE_START_DELAY": told.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": told.per_host,
        "DOWNLOAD_TIMEOUT": told.timeout,
        "CLAUSEWATCH_ALLOW_HOSTS": list(told.allow_hosts),
    }


def validators(kept: Archive, chosen: Iterable[Declaration]) -> Validators:
    """What is known of a source, unless today's declaration or extractor would read it differently."""
    hashes = {declaration.document: declaration.hash for declaration in chosen}

    def known(document: Document, source: str) -> Capture | None:
        version = kept.current(document)
        if version and (version.extractor, version.declaration) != (EXTRACTOR, hashes.get(document)):
            return None
        return kept.validators(document, source)

    return known


def known_posts(kept: Archive) -> KnownPosts:
    """The posts of a blog that are kept; None for a blog never visited."""

    def known(blog: Document) -> Collection[str] | None:
        documents = kept.documents(blog.service, blog.terms, blog.collection)
        posts = frozenset(document.post for document in documents if document.post)
        return posts or None

    return known


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


def folders(paths: Iterable[str]) -> tuple[Path, ...]:
    """Folders as typed."""
    return tuple(Path(path) for path in paths)


def _notify(config: Config) -> Notify:
    told = subscriptions(config)

    def notify(change: Change) -> Sequence[Message]:
        # Due when it was observed: a crawl whose clock was set back must not wait for its own past.
        return messages(change, told, change.after.observed_at)

    return notify


def _re_extract(known: Mapping[Document, Declaration], document: Document, captures: Sequence[Capture]) -> str | None:
    """Earlier captures read as today; None when they are gone, or no longer fit the declaration."""
    declaration = known.get(document)
    if declaration is None or [capture.source for capture in captures] != [s.fetch for s in declaration.sources]:
        return None
    extraction = extract(captures, declaration)
    return extraction.text if isinstance(extraction, Extraction) else None


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
