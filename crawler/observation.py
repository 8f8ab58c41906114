"""Observation: a readable text seen on the web, before anybody has judged it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from diffing.capture import Capture
from diffing.version import Document
from diffing.warning import TermsWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one visit to a document saw: the readable text, and the captures it was made from.

    text: Markdown, one block a line, NFC, ending in a line break; "" when the page has no words.
    url: address a reader can open: the final one of the first source.
    observed_at: when we saw it (aware, UTC): the *latest* fetch among the captures, so that a version made of several
        pages is never dated before all of its parts had been seen.
    captures: one for each source, in the declared order. One answered by 304 is the earlier capture's body again,
        with the new time.
    title: of a blog post, or of the page; "" when there is none.
    published: what a feed says of the post's date (ISO 8601), "" when it says nothing; never used to date a version.
    language: as declared (ISO 639-1), "" when the declaration leaves it open.
    extractor, declaration: what made the text, see `Version`; a change of either is ours, not the publisher's.
    warnings: on the terms, e.g. a selector that no longer matches; shown, never fatal.
    fallback: the sources, by number, whose declared selectors matched nothing (or none is declared), so that their
        readable main content was taken.
    confirm: how long after the first sight news must be seen again before it is kept and told; None: at once.
    backlog: for a blog post that stood there when its blog was first visited: to be kept, not to be told.
    """

    document: Document
    text: str
    url: str
    observed_at: datetime
    captures: tuple[Capture, ...]
    extractor: str
    declaration: str
    title: str = ""
    published: str = ""
    language: str = ""
    warnings: tuple[TermsWarning, ...] = ()
    fallback: tuple[int, ...] = ()
    backlog: bool = False
    confirm: timedelta | None = None
