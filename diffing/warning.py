"""Warning: what is odd about terms although their text could be read; told to the operator, never to subscribers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diffing.version import Document


class WarningReason(StrEnum):
    """Why. Programs compare the value; the sentence is for people."""

    SELECTOR = "selector"
    """One of several selectors matches nothing."""
    SELECTORS = "selectors"
    """No declared selector matches any more; the readable main content was taken."""
    SHRUNK = "shrunk"
    """The text lost half of itself or more, and was believed."""
    SWITCH = "switch"
    """Read in the browser for the first time, or no longer: what of the difference is the publisher's is not known."""
    FILTER = "filter"
    """A declared filter is not known and was not run."""
    PREVIEW = "preview"
    """The page links to what looks like terms that are to come."""
    FEED_TEXT = "feed_text"
    """A post's page cannot be read; its text was taken from the feed."""
    POSTS_AWAY = "posts_away"
    """Posts stand on another site than their blog and were not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsWarning:
    """Something to mend on some terms.

    where: the address it concerns; what: one clause for people; todo: what the reader can do.

    >>> print(TermsWarning(reason=WarningReason.SELECTOR, where="https://a.example", what="a", todo="b"))
    https://a.example: a; b
    """

    reason: WarningReason
    where: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.todo}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """The warnings that stand on a document: those of the last visit that read its page. at: when (aware, UTC)."""

    document: Document
    at: datetime
    warnings: tuple[TermsWarning, ...]
