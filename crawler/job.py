"""Job: what one crawl is to do, and who is asked on the way."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ParamSpec, Protocol, TypeVar

from crawler.declarations import Declaration
from crawler.extraction import Extraction
from crawler.items import Item
from crawler.patience import Forgetful, Waits
from crawler.reading import read
from crawler.sink import Sink
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.version import Document

P = ParamSpec("P")
T = TypeVar("T")

Validators = Callable[[Document, str], Capture | None]
"""The last good capture of a source of a document, body included, or None when it must be fetched in full: never
fetched, or made into a version by another declaration or extractor than today's."""

KnownPosts = Callable[[Document], Collection[str] | None]
"""The addresses of a blog's posts that are kept already; None when the blog was never visited."""

OnItem = Callable[[Item, Visit | None], None]
"""Told of every item handed over, and of the visit it was when there is one to tell."""


OnFetch = Callable[[int, float], None]
"""Told of every answer: its status, and the seconds it took. Called in the crawl's own thread."""

Read = Callable[[Sequence[Capture], Declaration], Awaitable[Extraction | Fault]]
"""Makes a text of the captures of a target's sources, or says why there is none."""

Keep = Callable[[Item], Awaitable[None]]
"""Has an item kept elsewhere than by the job's own sink, and calls `on_item` where its caller's things live."""


class Ask(Protocol):
    """Calls a function where its caller's things live (the archive's thread), and gives back what it returns."""

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Call it; what it raises ends the crawl."""


async def here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask on the spot, for a crawl that runs in its caller's own thread."""
    return function(*args, **kwargs)


async def read_here(captures: Sequence[Capture], declaration: Declaration) -> Extraction | Fault:
    """Read a page on the spot, for a crawl of few."""
    return read(captures, declaration)


def now_utc() -> datetime:
    """The clock of a crawl that is given no other."""
    return datetime.now(UTC)


def no_validators(document: Document, source: str) -> None:
    """For a crawl without memory: everything is fetched in full."""


def no_known_posts(document: Document) -> frozenset[str]:
    """For a crawl without memory: every post is new."""
    return frozenset()


def untimed(status: int, seconds: float) -> None:
    """For a crawl whose speed nobody asks for."""


def nobody(item: Item, visit: Visit | None) -> None:
    """For a crawl nobody follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one crawl is to do: the targets, the sink, and what it needs to know. `now` gives aware UTC times."""

    targets: Sequence[Declaration]
    sink: Sink
    now: Callable[[], datetime] = now_utc
    validators: Validators = no_validators
    known_posts: KnownPosts = no_known_posts
    on_item: OnItem = nobody
    ask: Ask = here
    waits: Waits = field(default_factory=Forgetful)
    on_fetch: OnFetch = untimed
    read: Read = read_here
    keep: Keep | None = None

    async def hand_over(self, item: Item) -> None:
        """Have an item kept, and whoever follows the crawl told what came of it."""
        if self.keep is None:
            await self.ask(self.take, item)
        else:
            await self.keep(item)

    def take(self, item: Item) -> None:
        """Give an item to the sink, and tell whoever follows the crawl what came of it. Where the sink lives."""
        self.on_item(item, item.hand_to(self.sink))
