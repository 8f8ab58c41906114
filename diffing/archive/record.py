"""Record: what one visit leaves in the archive, all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from diffing.capture import Capture
from diffing.change import Change
from diffing.fault import Fault
from diffing.outcome import Outcome
from diffing.version import Document, Version
from diffing.warning import TermsWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One visit to a document and how it ended.

    at: when (aware, UTC). fault: set when the outcome is FAULT, else None.
    version_id: of the version it stored or found standing; None when there is none.
    warnings: on the terms; None when the page was not read anew, so that those known before still stand.
    """

    document: Document
    at: datetime
    outcome: Outcome
    fault: Fault | None = None
    version_id: str | None = None
    warnings: tuple[TermsWarning, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What made the version that stands, without its text. url: see `Version`."""

    version_id: str
    url: str
    extractor: str
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Faults in a row: how many, and when the first was met (aware, UTC). No visit has gone well since."""

    since: datetime
    faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An event on its way to one channel; it waits in the outbox.

    id: the same at every retry (the `webhook-id`); (id, channel) is unique. body: the event's JSON, opaque here.
    due_at: when to try first (aware, UTC). digest: "daily" or "weekly" when it is told with others, from `due_at` on;
    "" when it goes alone.
    """

    id: str
    channel: str
    event: str
    body: str
    due_at: datetime
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A version with all that belongs to it.

    captures: what the version was made from, one a source; for an UPGRADE without any, those of the version before it.
    change: from the version before it; None for the first.
    messages: what is to be told of the change. attempt: the visit that found the version.
    announces: of a blog post, the terms it names.
    """

    version: Version
    attempt: Attempt
    captures: tuple[Capture, ...] = ()
    change: Change | None = None
    messages: tuple[Message, ...] = ()
    announces: tuple[Document, ...] = ()
