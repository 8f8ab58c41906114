"""Patience with sites that are overloaded: what they ask for is kept, and honoured by this crawl and the next ones."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.job import Job
from crawler.middlewares.refusals import AskedToWait
from crawler.patience import places, wait_after, waiting
from diffing.wait import Wait


class PatienceMiddleware:
    """Refuses what is not to be asked yet, and notes what an answer asks for. It stands before robots.txt is asked."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waits: dict[str, Wait] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise AskedToWait when the time to come back is not over."""
        job = self._job()
        if job is None:
            return
        if self._waits is None:
            self._waits = {}  # those that ask meanwhile are let through; they were about to be asked anyway
            self._waits |= await job.ask(job.waits.waits)
        wait = waiting((request.url,), self._waits, job.now())
        if wait is not None:
            raise AskedToWait(request.url, f"it is not to be asked before {wait.until:%Y-%m-%d %H:%M} UTC")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep what the answer asks for, or forget what an earlier one did."""
        job = self._job()
        if job is None or self._waits is None:
            return response
        retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        place = places(request.url)[0 if response.status == 429 else 1]
        wait = wait_after(request.url, response.status, retry_after, self._waits.get(place), job.now())
        if wait is not None:
            self._waits[wait.place] = wait
            await job.ask(job.waits.keep_wait, wait)
        elif response.status < 400:
            for known in places(request.url):
                if self._waits.pop(known, None) is not None:
                    await job.ask(job.waits.end_wait, known)
        return response

    def _job(self) -> Job | None:
        """The job of the crawl; None where pages are fetched that belong to no target."""
        return getattr(self._crawler.spider, "job", None)
