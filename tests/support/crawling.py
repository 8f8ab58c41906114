"""Crawling in tests: settings without waiting, a sink that keeps what it is given, short declarations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.declarations import Declaration, Source, Watch
from crawler.observation import Observation
from crawler.run import crawl
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.outcome import Outcome
from diffing.version import Document
from diffing.warning import TermsWarning

SETTINGS: dict[str, Any] = {
    "CLAUSEWATCH_ALLOW_HOSTS": ["127.0.0.1"],
    "CLAUSEWATCH_CHROMIUM": "none",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "RETRY_TIMES": 0,
    "DOWNLOAD_TIMEOUT": 30,
}
WHEN = datetime(2025, 9, 18, 12, tzinfo=UTC)


@dataclass(slots=True)
class Kept:
    """A sink that keeps what it is given, and can tell it back to the next crawl."""

    observations: list[Observation] = field(default_factory=list)
    stood: list[tuple[Document, tuple[Capture, ...], datetime]] = field(default_factory=list)
    faults: list[tuple[Document, Fault]] = field(default_factory=list)

    def observe(self, observation: Observation) -> Visit:
        """See `Sink`."""
        self.observations.append(observation)
        return Visit(document=observation.document, outcome=Outcome.NEW, warnings=observation.warnings)

    def unchanged(
        self,
        document: Document,
        captures: Sequence[Capture],
        at: datetime,
        warnings: tuple[TermsWarning, ...] | None = None,
    ) -> Visit:
        """See `Sink`."""
        self.stood.append((document, tuple(captures), at))
        return Visit(document=document, outcome=Outcome.UNCHANGED, warnings=warnings or ())

    def fault(self, document: Document, fault: Fault, at: datetime) -> Visit:
        """See `Sink`."""
        self.faults.append((document, fault))
        return Visit(document=document, outcome=Outcome.FAULT, fault=fault)

    def validators(self, document: Document, source: str) -> Capture | None:
        """The last capture of a source, as an archive would give it."""
        seen = [capture for item in self.observations if item.document == document for capture in item.captures]
        stood = [capture for known, captures, _ in self.stood if known == document for capture in captures]
        good = [capture for capture in seen + stood if capture.source == source and capture.status == 200]
        return good[-1] if good else None

    def known_posts(self, document: Document) -> frozenset[str] | None:
        """The posts kept of a blog; None when it was never visited."""
        mine = [item.document for item in self.observations if item.document.terms == document.terms]
        stood = any(known == document for known, _, _ in self.stood)
        return frozenset(item.post for item in mine) if mine or stood else None

    @property
    def text(self) -> str:
        """The only text that was seen."""
        (observation,) = self.observations
        return observation.text


def terms(*sources: Source, name: str = "Privacy Policy", watch: Watch | None = None) -> Declaration:
    """A declaration of some terms of the service Example."""
    return Declaration(service="Example", terms=name, sources=sources, watch=watch or Watch())


def visit(targets: Sequence[Declaration], sink: Kept | None = None, **settings: Any) -> tuple[Kept, tuple[Visit, ...]]:
    """Crawl with the sink's own memory, at a set time; the sink, and what came of it."""
    kept = sink or Kept()
    visits = crawl(
        targets,
        sink=kept,
        settings={**SETTINGS, **settings},
        now=lambda: WHEN,
        validators=kept.validators,
        known_posts=kept.known_posts,
    )
    return kept, visits
