"""Steadiness: terms are fetched twice and compared, and nothing is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest

from crawler.declarations import Declaration
from crawler.observation import Observation
from crawler.sink import Sink
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.outcome import Outcome
from diffing.version import Document
from diffing.warning import TermsWarning

Crawl = Callable[[Sequence[Declaration], Sink], object]
"""Visits targets without memory, and hands what was seen to the sink."""

SHOWN = 100
"""Characters of a line that differs that are shown."""


class Live(StrEnum):
    """What came of fetching terms twice."""

    STEADY = "steady"
    UNSTEADY = "differs at every load"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of fetching some terms twice.

    differing: the first line that differs, of an unsteady text. characters: of the text. posts: of a blog, how many
    could be read.
    """

    declaration: Declaration
    live: Live
    fault: Fault | None = None
    differing: str = ""
    characters: int = 0
    posts: int = 0
    warnings: tuple[TermsWarning, ...] = ()


@dataclass(slots=True)
class _Seen:
    """A sink that keeps nothing but what it was told, by document."""

    texts: dict[Document, str] = field(default_factory=dict)
    faults: dict[Document, Fault] = field(default_factory=dict)
    warnings: dict[Document, tuple[TermsWarning, ...]] = field(default_factory=dict)

    def observe(self, observation: Observation) -> Visit:
        """See `Sink`."""
        self.texts[observation.document] = observation.text
        self.warnings[observation.document] = observation.warnings
        return Visit(document=observation.document, outcome=Outcome.NEW)

    def unchanged(
        self,
        document: Document,
        captures: Sequence[Capture],
        at: object,
        warnings: tuple[TermsWarning, ...] | None = None,
    ) -> Visit:
        """See `Sink`: here only a blog's listing comes so."""
        self.warnings.setdefault(document, warnings or ())
        return Visit(document=document, outcome=Outcome.UNCHANGED)

    def fault(self, document: Document, fault: Fault, at: object) -> Visit:
        """See `Sink`."""
        self.faults[document] = fault
        return Visit(document=document, outcome=Outcome.FAULT, fault=fault)


def try_live(targets: Sequence[Declaration], crawl: Crawl) -> tuple[Tried, ...]:
    """Fetch every target twice, all of them once before any the second time; what came of each, in order."""
    first, second = _Seen(), _Seen()
    for seen in (first, second):
        crawl(targets, seen)
    return tuple(_tried(target, first, second) for target in targets)


def _tried(target: Declaration, first: _Seen, second: _Seen) -> Tried:
    document = target.document
    fault = first.faults.get(document) or second.faults.get(document)
    if fault is not None:
        return Tried(declaration=target, live=Live.FAULT, fault=fault)
    mine = [one for one in first.texts if (one.service, one.terms) == (target.service, target.terms)]
    differing = next(filter(None, (_differing(first.texts[one], second.texts.get(one, "")) for one in mine)), "")
    return Tried(
        declaration=target,
        live=Live.UNSTEADY if differing else Live.STEADY,
        differing=differing,
        characters=sum(len(first.texts[one]) for one in mine),
        posts=sum(bool(one.post) for one in mine),
        warnings=first.warnings.get(document, ()),
    )


def _differing(one: str, other: str) -> str:
    """The first line of one text that the other does not have at its place; "" when they are the same."""
    if one == other:
        return ""
    lines = (pair for pair in zip_longest(one.splitlines(), other.splitlines(), fillvalue="") if len(set(pair)) > 1)
    return next(((mine or theirs).strip()[:SHOWN] for mine, theirs in lines), "") or "white space"
