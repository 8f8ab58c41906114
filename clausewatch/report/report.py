"""Report: lines of words with roles, before any form is given to them."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a run of words is in its line."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    """Less important than what stands around it."""
    INSERTED = "inserted"
    DELETED = "deleted"
    FOUND = "found"
    """What was searched for."""


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    LABELLED = "labelled"
    """Words with a short label in a column before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of words. text: foreign or not, as it is; whoever writes it makes it harmless."""

    text: str
    role: Role = Role.PLAIN


def span(text: str, role: Role = Role.PLAIN) -> Span:
    """A run of words, in short."""
    return Span(text=text, role=role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a report.

    level: of a heading from 1, of others how far they are indented, from 0. label: of a LABELLED one.
    role: of the label.
    """

    kind: Kind
    spans: tuple[Span, ...]
    level: int = 0
    label: str = ""
    role: Role = Role.QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a command found. title: its first line. language: of most of its words, "" when unknown."""

    title: str
    blocks: tuple[Block, ...]
    language: str = ""
