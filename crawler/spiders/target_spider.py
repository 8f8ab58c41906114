"""What both spiders share: their job, their targets, conditional requests, captures."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Self

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import load_object

from crawler.browser.chromium import CHROMIUM, Chromium, find
from crawler.browser.handler import BROWSER
from crawler.declarations import Declaration, Source
from crawler.errors import SettingsError
from crawler.items import Failed, Item
from crawler.job import Job
from crawler.regions import REGION
from diffing.capture import BY_BROWSER, Capture
from diffing.fault import Fault, FaultReason

JOB = "CLAUSEWATCH_JOB"
"""Scrapy setting: dotted path of a function without arguments that gives the `Job` of a `scrapy crawl`."""

NOT_MODIFIED = 304

KEPT = frozenset(
    {
        "cache-control",
        "cf-mitigated",
        "content-encoding",
        "content-language",
        "content-type",
        "date",
        "etag",
        "last-modified",
        "retry-after",
        "server",
        "x-amzn-waf-action",
        "x-cache",
        "x-datadome",
        "x-dd-b",
        "x-iinfo",
        "x-kpsdk-ct",
        "x-kpsdk-r",
        "x-robots-tag",
        "x-sucuri-block",
        "x-vercel-mitigated",
    }
)
"""Headers of an answer that are kept with its capture."""


class TargetSpider(scrapy.Spider):
    """A spider that visits the targets of a job which are of its kind."""

    blogs: ClassVar[bool]
    job: Job
    targets: Sequence[Declaration]
    browser: Chromium | None
    _finished: set[int]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, job: Job | None = None, **kwargs: Any) -> Self:
        """Made by Scrapy; `service` and `terms` (`scrapy crawl policies -a service=…`) narrow the targets."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = job or _job(crawler)
        spider._finished = set()
        spider.browser = find(crawler.settings[CHROMIUM])
        spider.targets = tuple(
            target
            for target in spider.job.targets
            if target.is_blog is cls.blogs
            and kwargs.get("service", target.service) == target.service
            and kwargs.get("terms", target.terms) == target.terms
        )
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first requests. What needs none is handed over at once: Scrapy would be slow to notice its end."""
        async for output in self.visits():
            if isinstance(output, Request):
                yield output
            else:
                await self.hand_over(output)

    def visits(self) -> AsyncIterator[Request | Item]:
        """What to ask for, target by target, and what can be said of a target without asking."""
        raise TypeError(f"{type(self).__name__} visits nothing")

    async def hand_over(self, item: Item) -> None:
        """Give an item to the sink. Raises Stopped when the crawl is being stopped."""
        await self.job.hand_over(item)
        if item.last:
            self._finished.add(id(item.target))

    def unfinished(self) -> tuple[Declaration, ...]:
        """The targets that have come to no end."""
        return tuple(target for target in self.targets if id(target) not in self._finished)

    def failed(self, target: Declaration, fault: Fault, *, post: str = "") -> Failed:
        """The item that says a target, or a post of it, gave no trustworthy text."""
        document = replace(target.document, post=post)
        return Failed(target=target, document=document, fault=fault, at=self.job.now())

    async def earlier(self, target: Declaration, source: str) -> Capture | None:
        """The last good capture of a source, if it may be asked for conditionally."""
        return await self.job.ask(self.job.validators, target.document, source)

    def capture(self, source: str, response: Response) -> Capture:
        """The bytes and HTTP facts of an answer."""
        return capture_of(source, response, self.job.now())


def capture_of(source: str, response: Response, at: datetime) -> Capture:
    """The bytes and HTTP facts of an answer to a request for `source` that came in at that time."""
    headers = {name.decode("latin-1").lower(): b",".join(values) for name, values in response.headers.items()}
    kept = {name: value.decode("utf-8", "replace") for name, value in headers.items() if name in KEPT}
    if BROWSER in response.flags:
        kept[BY_BROWSER] = "yes"
    return Capture(
        source=source,
        url=response.url,
        status=response.status,
        fetched_at=at,
        body=response.body,
        headers=kept,
    )


def request_for(url: str, target: Declaration, earlier: Capture | None = None, *, accept: str = "") -> Request | Fault:
    """A request for an address of a target, conditional when there is an earlier capture of it.

    A Fault when it is none that can be asked for.
    """
    headers = {}
    meta = {REGION: target.watch.region} if target.watch.region else {}
    if target.watch.language or target.watch.region:
        headers["Accept-Language"] = accept_language(target.watch.language or "en", target.watch.region)
    if accept:
        headers["Accept"] = accept
    if earlier is not None:
        for name, header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
            if earlier.headers.get(name):
                headers[header] = earlier.headers[name]
    try:
        return Request(url, headers=headers, meta=meta, dont_filter=True)
    except ValueError:  # also UnicodeError: a host that cannot be written in ASCII
        return Fault(
            reason=FaultReason.DECLARATION,
            where=url[:200],
            what="this is no valid address",
            todo="correct the declaration",
        )


def in_browser(request: Request, sources: Sequence[Source]) -> Request:
    """The same request to the browser, which waits for what the sources select. It is not tried twice."""
    waits_for = tuple(dict.fromkeys(selector for source in sources for selector in source.waits_for))
    return request.replace(meta={**request.meta, BROWSER: waits_for, "dont_retry": True})


def needs_browser(target: Declaration) -> Fault:
    """The fault of terms that need a browser, which this crawl has not."""
    return Fault(
        reason=FaultReason.NEEDS_BROWSER,
        where=target.where or str(target.document),
        what="the page shows its text only in a browser (executeClientScripts), and Chromium was not found",
        todo="install it (apt-get install chromium) or give its path as crawl.chromium in the configuration",
    )


def accept_language(language: str, region: str) -> str:
    """The Accept-Language header.

    >>> accept_language("fr", "BE")
    'fr-BE,fr;q=0.9,en;q=0.3'
    >>> accept_language("en", "")
    'en'
    """
    if len(region) != 2:  # a name the configuration gives, no country
        region = ""
    if language == "en":
        return f"en-{region},en;q=0.9" if region else "en"
    return f"{language}-{region},{language};q=0.9,en;q=0.3" if region else f"{language},en;q=0.3"


def _job(crawler: Crawler) -> Job:
    name = crawler.settings.get(JOB)
    if not name:
        raise SettingsError(f"setting {JOB}", "is missing", "name a function that gives the crawl's job")
    job = load_object(name)()
    if not isinstance(job, Job):
        raise SettingsError(f"setting {JOB}", f"{name} gives no job", "name a function that returns a crawler.job.Job")
    return job
