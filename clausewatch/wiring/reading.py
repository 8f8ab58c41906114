"""Reading a page without keeping it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from clausewatch.config import Config
from clausewatch.errors import NotFoundError
from clausewatch.wiring.crawling import crawl_settings
from clausewatch.wiring.keeping import now_utc
from crawler import run
from crawler.declarations import ad_hoc
from crawler.declarations.declaration import Declaration, Source
from crawler.extraction import extract
from crawler.observation import Observation
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.language import language_of
from diffing.outcome import Outcome
from diffing.version import Document, Version
from diffing.warning import TermsWarning

PAGES: Final = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
}
"""Endings of files that are read as pages, and what a server would say they are."""


class _Seen:
    """A sink that keeps nothing but the last text."""

    def __init__(self) -> None:
        self.observation: Observation | None = None

    def observe(self, observation: Observation) -> Visit:
        self.observation = observation
        return Visit(document=observation.document, outcome=Outcome.NEW)

    def unchanged(
        self,
        document: Document,
        captures: Sequence[Capture],
        at: datetime,
        warnings: tuple[TermsWarning, ...] | None = None,
    ) -> Visit:
        return Visit(document=document, outcome=Outcome.UNCHANGED)

    def fault(self, document: Document, fault: Fault, at: datetime) -> Visit:
        return Visit(document=document, outcome=Outcome.FAULT, fault=fault)


def read_page(config: Config, url: str, *, now: Callable[[], datetime] = now_utc) -> Version:
    """The readable text of an address, fetched as a crawl would and not kept. Raises NotFoundError with the reason."""
    seen = _Seen()
    (visit,) = run.crawl([ad_hoc(url)], sink=seen, settings=crawl_settings(config), now=now)
    if seen.observation is None:
        fault = visit.fault
        what = f"gives no text ({fault.reason.value}: {fault.what})" if fault else "gives no text"
        raise NotFoundError(url, what, fault.todo if fault else "open it in a browser and look")
    found = seen.observation
    return Version(
        document=replace(found.document, terms=urlsplit(url).path or "/"),
        observed_at=found.observed_at,
        text=found.text,
        url=found.url,
        language=found.language or language_of(found.text),
    )


def read_file(path: Path) -> Version:
    """The readable text of a file: of a saved page or a PDF as a crawl would read it, of any other as it is.

    Raises NotFoundError when a page gives no text, with the reason.
    """
    body, at = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    kind = PAGES.get(path.suffix.lower())
    text = body.decode("utf-8", "replace") if kind is None else _page_text(path, body, kind, at)
    return Version(
        document=Document(service=path.parent.name or "file", terms=path.stem),
        observed_at=at,
        text=text,
        url="",
        language=language_of(text),
    )


def _page_text(path: Path, body: bytes, kind: str, at: datetime) -> str:
    name = path.resolve().as_uri()
    page = Capture(source=name, url=name, status=200, fetched_at=at, body=body, headers={"content-type": kind})
    read = Declaration(service="", terms="", sources=(Source(fetch=name),), where=name)
    found = extract([page], read)
    if isinstance(found, Fault):
        raise NotFoundError(str(path), f"gives no text ({found.reason.value}: {found.what})", "open it and look")
    return found.text
