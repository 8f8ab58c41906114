"""[[subscriptions]]: who is told what."""

from typing import Literal

from pydantic import Field

from clausewatch.config.table import Table
from diffing.change import ChangeKind, Severity
from diffing.flag import Effect


class Subscribe(Table):
    """Who is told what; empty lists mean "all"."""

    channel: str = Field(description="Name of a channel above.")
    topics: tuple[str, ...] = Field((), description="ai_training, microsoft_ads, or a topic of your own.")
    effects: tuple[Effect, ...] = Field((), description="What the change does.")
    severities: tuple[Severity, ...] = Field((), description="How soon to look.")
    services: tuple[str, ...] = Field((), description="Names or globs: LinkedIn, Meta*")
    terms: tuple[str, ...] = Field((), description="Names or globs: Privacy Policy, *Terms*")
    kinds: tuple[ChangeKind, ...] = Field((), description="Of the kinds that are told: substantive, return, post.")
    language: Literal["en", "fr"] = Field("en", description="The language the alert is written in.")
    unflagged: bool = Field(False, description="Tell of changes without a flag too.")
