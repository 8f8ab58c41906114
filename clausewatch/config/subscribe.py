"""[[subscriptions]]: who is told what, and when."""

from typing import Literal

from pydantic import Field

from clausewatch.config.hours import Clock, Zone
from clausewatch.config.table import Table
from diffing.change import ChangeKind, Severity
from diffing.flag import Effect

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Subscribe(Table):
    """Who is told what; empty lists mean "all"."""

    channel: str = Field(description="Name of a channel above.")
    topics: tuple[str, ...] = Field((), description="ai_training, microsoft_ads, or a topic of your own.")
    effects: tuple[Effect, ...] = Field((), description="What the change does.")
    severities: tuple[Severity, ...] = Field((), description="How soon to look.")
    services: tuple[str, ...] = Field((), description="Names or globs: LinkedIn, Meta*")
    terms: tuple[str, ...] = Field((), description="Names or globs: Privacy Policy, *Terms*")
    kinds: tuple[ChangeKind, ...] = Field((), description="Of the kinds that are told: substantive, return, post.")
    regions: tuple[str, ...] = Field(
        (), description="Where your readers live: EU, FR, UK. A text that names no place concerns everybody."
    )
    text_languages: tuple[str, ...] = Field((), description="Languages of the texts: en, fr, de.")
    language: Literal["en", "fr"] = Field("en", description="The language the alert is written in.")
    unflagged: bool = Field(False, description="Tell of changes without a flag too.")
    changes: bool = Field(True, description="Tell of changes.")
    faults: bool = Field(False, description="Tell of texts that cannot be read, and of those that can be again.")
    digest: Literal["", "daily", "weekly"] = Field("", description="Tell together; empty tells at once.")
    at: Clock = Field("08:00", description="At what hour a digest comes.")
    weekday: Weekday = Field("monday", description="On what day a weekly digest comes.")
    timezone: Zone = Field("", description="Whose hour that is: Europe/Paris. Else that of [alerts].")
