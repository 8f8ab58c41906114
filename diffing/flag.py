"""Flag: a topic found in an edit, with the reason it was raised."""

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What the flagged words say about the topic (after the change; before it, when they were removed)."""

    PERMITS = "permits"
    """The publisher, its group or others it lets do it, perhaps "unless you opt out"."""
    LIMITS = "limits"
    """It is done within a limit: only with consent, an opt-out or objection, data or people excluded."""
    DENIES = "denies"
    """It is not done."""


class Effect(StrEnum):
    """What the change does to people on this topic."""

    INTRODUCES = "introduces"
    """New or wider permission: more data, people, purposes or recipients, on by default."""
    LIMITS = "limits"
    """A new promise not to, a narrower use, an opt-out added."""
    WITHDRAWS = "withdraws"
    """A permission is gone."""
    DROPS_PROTECTION = "drops_protection"
    """A promise, limit or opt-out is gone."""
    REWORDS = "rewords"
    """Material, but in no clear direction, or in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A topic found in an edit: stance, effect, the words that raised it, the rule's name.

    topic: its name, e.g. "ai_training".
    edit: index of the edit in the change's edits, from 0.
    before, after: the flagged sentence as it stood and as it stands (plain text); None on the side it is absent from.
    evidence: the words that raised the flag: a verbatim part of `after`, or of `before` when `after` is None.
    rule: name of the rule that fired, e.g. "ai_training.en.actor_verb_object".
    """

    topic: str
    stance: Stance
    effect: Effect
    edit: int
    before: str | None
    after: str | None
    evidence: str
    rule: str
