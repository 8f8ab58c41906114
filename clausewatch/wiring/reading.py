"""Reading a page without keeping it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from clausewatch.config import Config
from clausewatch.errors import NotFoundError
from clausewatch.wiring.crawling import crawl_settings
from clausewatch.wiring.keeping import now_utc
from crawler import run
from crawler.declarations import ad_hoc
from crawler.observation import Observation
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.language import language_of
from diffing.outcome import Outcome
from diffing.version import Document, Version
from diffing.warning import TermsWarning


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
        document=found.document,
        observed_at=found.observed_at,
        text=found.text,
        url=found.url,
        language=found.language or language_of(found.text),
    )
