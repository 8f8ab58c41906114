"""Declaration: where the terms are and which part of the page counts."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import timedelta

from diffing.version import Document, text_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What stands between two elements: the first match of `start` and the first match of `end`.

    after_start: the range begins after the start element (`startAfter`), else before it (`startBefore`).
    after_end: the range ends after the end element (`endAfter`), else before it (`endBefore`).
    """

    start: str
    end: str
    after_start: bool = False
    after_end: bool = False

    def __str__(self) -> str:
        sides = ("after" if self.after_start else "before", "after" if self.after_end else "before")
        return f"from {sides[0]} {self.start} to {sides[1]} {self.end}"


Selector = str | Range
"""A CSS selector (every match, in document order) or a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A named filter and what it was given; a name we do not know is reported, never run as foreign code.

    arguments: the texts given with it, e.g. the names of query parameters. options: the keys and texts of an object
    given with it, by key. `crawler.declarations.primitives` says which filter takes what.
    """

    name: str
    arguments: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    def option(self, key: str) -> str:
        """The text given under that key, "" when none is."""
        return dict(self.options).get(key, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One page the terms are made of.

    fetch: its address. select: what counts, in this order; empty: the readable main content.
    remove: what is taken out before. browser: the page shows its text only after running its scripts; None where that
        is left open: the browser is tried when plain HTTP gives no text.
    """

    fetch: str
    select: tuple[Selector, ...] = ()
    remove: tuple[Selector, ...] = ()
    filters: tuple[Filter, ...] = ()
    browser: bool | None = None

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The CSS selectors that match once the page is whole; of a range, both its ends."""
        return tuple(end for one in self.select for end in ((one.start, one.end) if isinstance(one, Range) else (one,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Our own keys, beside the public format.

    every: how often to look; None: as configured. confirm: look again after so long before news is told; None: tell it
    at first sight. cron: when to look instead, a cron expression of five fields;
    timezone: the IANA name of the zone whose clocks it means; "" when absent. language: ISO 639-1 code the terms are
    in, "" when left open. region: country the terms should be seen from, "" when left open. topics: names of the
    topics to look for; empty: all. feed: address of the blog's RSS or Atom feed, or "auto" to find it on the page at
    `fetch`. follow: CSS selector of the links to posts on an index page.
    """

    every: timedelta | None = None
    confirm: timedelta | None = None
    cron: str = ""
    timezone: str = ""
    language: str = ""
    region: str = ""
    topics: tuple[str, ...] = ()
    feed: str = ""
    follow: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Some terms of a service: where they are and which part of the page counts.

    sources: in order; several are joined into one text. A blog's `sources` hold its index page, if one is declared,
        and the selectors that apply to its posts.
    where: file and terms, for messages; no part of the hash.
    """

    service: str
    terms: str
    sources: tuple[Source, ...]
    watch: Watch = dataclasses.field(default_factory=Watch)
    where: str = ""

    @property
    def document(self) -> Document:
        """The document these terms are (of a blog: the blog itself, not a post)."""
        return Document(service=self.service, terms=self.terms)

    @property
    def is_blog(self) -> bool:
        """Whether its posts are watched, each a document of its own, rather than the page itself."""
        return bool(self.watch.feed or self.watch.follow)

    @property
    def hash(self) -> str:
        """Stable name of what shapes the text: sources, language and region. How often we look is no part of it."""
        shape = [[dataclasses.asdict(source) for source in self.sources], self.watch.language, self.watch.region]
        return text_hash(json.dumps(shape, sort_keys=True))[:16]
