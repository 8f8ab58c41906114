"""Shapes: what the API answers with. Times are ISO 8601 in UTC; changes have the form of the webhook as well."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

Entry = TypeVar("Entry")


class Service(BaseModel):
    """A service on record."""

    id: str = Field(description="Its name in addresses.")
    name: str
    terms: int = Field(description="How many texts of it are on record, posts included.")
    versions: int
    flagged: int = Field(description="Changes with a flag.")
    last_changed: str = Field(description="When the newest version was observed.")


class Terms(BaseModel):
    """A text of a service."""

    id: str = Field(description="Its name in addresses.")
    service: str
    terms: str
    post: str = Field(description='Address of a blog post, "" where the terms are one text.')
    collection: str = Field(description='An imported history, "" for our own visits.')
    versions: int
    flagged: int
    first_observed: str
    last_changed: str


class VersionEntry(BaseModel):
    """A version in a list."""

    id: str
    terms: str = Field(description="Id of the terms.")
    observed_at: str
    kind: str = Field(description='Of the change that made it; "first" for the first one.')
    change_id: str | None


class Version(VersionEntry):
    """A version with its text."""

    url: str
    language: str
    title: str
    text: str = Field(description="Markdown, one passage a line.")


class FlagEntry(BaseModel):
    """A flag in a list."""

    change_id: str
    terms: str = Field(description="Id of the terms.")
    observed_at: str
    topic: str
    stance: str
    effect: str
    before: str | None
    after: str | None
    evidence: str
    rule: str


class FactEntry(BaseModel):
    """A fact in a list, with the words it was read from."""

    change_id: str
    terms: str = Field(description="Id of the terms.")
    observed_at: str
    name: str
    value: str
    quote: str


class ChangeEntry(BaseModel):
    """A change in a list."""

    id: str
    terms: str = Field(description="Id of the terms.")
    service: str
    observed_at: str
    kind: str
    news: bool
    severity: str
    flags: list[dict[str, str]] = Field(description="topic, effect and stance of each flag.")


class Edit(BaseModel):
    """A step of a change. words: for a reworded passage, runs of (keep, delete or insert, words)."""

    kind: str
    section: list[str]
    before: str | None
    after: str | None
    before_index: int | None
    after_index: int | None
    words: list[tuple[str, str]]


class Statement(BaseModel):
    """What a text in force says on a topic."""

    terms: str = Field(description="Id of the terms.")
    service: str
    topic: str
    stance: str
    sentence: str
    evidence: str
    section: str
    since: str
    change_id: str | None = Field(description="The change it came with; null when it stood in the first version.")


class HoldingEntry(BaseModel):
    """Who says a passage, and when."""

    terms: str = Field(description="Id of the terms.")
    service: str
    since: str
    until: str | None
    version_id: str


class Hit(BaseModel):
    """A passage that was found."""

    text: str
    excerpt: str
    holdings: list[HoldingEntry]


class DeliveryEntry(BaseModel):
    """How many alerts are in a state. Who is told what is nobody's but the operator's."""

    state: str
    number: int


class DeliveryDetail(BaseModel):
    """An alert on its way to one channel; only for whoever has the token."""

    id: str
    channel: str
    event: str
    change_id: str | None
    state: str
    attempts: int
    created_at: str
    next_at: str
    last_error: str


class Listing(BaseModel, Generic[Entry]):
    """A page of a list. next: the cursor of the page after it, null on the last."""

    data: list[Entry]
    next: str | None


ChangeData = dict[str, Any]
"""The `data` of the webhook, see docs/webhook.schema.json."""
