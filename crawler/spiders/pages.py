"""The spider of single pages: fetches addresses that belong to no target, for discovery and for the past."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.faults import fault_of_status
from crawler.spiders.download_faults import fault_of_failure
from crawler.spiders.target_spider import capture_of
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to fetch.

    accept: the Accept header, "" for the usual one. robots: whether robots.txt is asked first. raw: an answer of any
    status is a capture, rather than a fault where it is no success.
    """

    url: str
    accept: str = ""
    robots: bool = True
    raw: bool = False


Came = Callable[[str, Capture | Fault], None]
"""Told of each address and what came of it: a capture, or why there is none."""


class PagesSpider(scrapy.Spider):
    """Fetches pages, in order, as politely as a crawl and through the same address gate."""

    name = "pages"

    def __init__(self, pages: Sequence[Page] = (), came: Came | None = None, now: Callable[[], datetime] | None = None):
        super().__init__()
        self._pages = pages
        self._came = came or (lambda url, result: None)
        self._now = now

    async def start(self) -> AsyncIterator[Request]:
        """A request for each page."""
        for number, page in enumerate(self._pages):
            meta = {} if page.robots else {"dont_obey_robotstxt": True}
            headers = {"Accept": page.accept} if page.accept else {}
            facts = {"page": page}
            try:
                yield Request(
                    page.url, headers=headers, meta=meta, dont_filter=True, priority=-number, callback=self.arrived,
                    errback=self.broke, cb_kwargs=facts,
                )  # fmt: skip
            except ValueError:  # also UnicodeError: a host that cannot be written in ASCII
                self._came(page.url, _invalid(page.url))

    def arrived(self, response: Response, page: Page) -> None:
        """An answer came in."""
        assert self._now is not None  # given with the pages
        capture = capture_of(page.url, response, self._now())
        self._came(page.url, (None if page.raw else fault_of_status(capture)) or capture)

    def broke(self, failure: Failure) -> None:
        """No answer came in."""
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        self._came(page.url, fault_of_failure(failure))


def _invalid(url: str) -> Fault:
    return Fault(
        reason=FaultReason.DECLARATION, where=url[:200], what="this is no valid address", todo="correct the address"
    )
