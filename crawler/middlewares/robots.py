"""robots.txt after RFC 9309: what it disallows is not fetched, and one that cannot be reached disallows everything.

Scrapy's own middleware reads an unreachable robots.txt as "allowed"; this one takes its place.
"""

from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawler.browser.handler import BROWSER
from crawler.middlewares.failures import DOWNLOAD_ERRORS, fault_of
from crawler.middlewares.refusals import RobotsRefused

MAX_CHARACTERS = 512 * 1024
"""What is read of a robots.txt; RFC 9309 asks for at least 500 KiB."""

MAX_CRAWL_DELAY = 60.0
"""Seconds of a Crawl-delay that are honoured: some sites ask for days, and terms are a handful of pages."""

HostError = CannotResolveHostError | DownloadConnectionRefusedError
HOST_ERRORS = (CannotResolveHostError, DownloadConnectionRefusedError)

UNREACHABLE = "its robots.txt cannot be reached ({}), which means no (RFC 9309)"
DISALLOWED = "its robots.txt does not allow it"


class RobotsMiddleware:
    """Refuses what robots.txt disallows; each robots.txt is fetched once a crawl."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"])
        self._rules: dict[str, Protego | HostError | str] = {}
        self._waiting: dict[str, list[Deferred[None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise RobotsRefused unless the host's robots.txt allows the address.

        When there is no such host, or it refuses connections, that is raised instead: it is the better answer.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        await self._learn(origin)
        rules = self._rules[origin]
        if isinstance(rules, HOST_ERRORS):
            raise type(rules)(str(rules))
        if isinstance(rules, str):
            raise RobotsRefused(request.url, UNREACHABLE.format(rules))
        if not rules.can_fetch(request.url, self._agent):
            raise RobotsRefused(request.url, DISALLOWED)
        self._slow_down(request, rules)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Raise RobotsRefused when the browser was led where it may not go: it follows redirects by itself."""
        if BROWSER in request.meta and response.url != request.url:
            await self.process_request(request.replace(url=response.url))
        return response

    def _slow_down(self, request: Request, rules: Protego) -> None:
        """Honour Crawl-delay, which is no part of the standard but what many sites ask for."""
        asked = rules.crawl_delay(self._agent)
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        if not asked or downloader is None:
            return
        delay = min(float(asked), MAX_CRAWL_DELAY)
        key = downloader.get_slot_key(request)
        usual = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        if delay > usual:
            request.meta["autothrottle_dont_adjust_delay"] = True
            downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1, "jitter": 0}
            if slot := downloader.slots.get(key):
                slot.delay, slot.concurrency, slot.jitter = delay, 1, 0

    async def _learn(self, origin: str) -> None:
        """Have the rules of that origin; the first to ask fetches, the others wait for it."""
        if origin in self._waiting:
            turn: Deferred[None] = Deferred()
            self._waiting[origin].append(turn)
            await maybe_deferred_to_future(turn)
        if origin in self._rules:
            return
        self._waiting[origin] = []
        self._rules[origin] = "our own failure"
        try:
            answer = await self._fetch(origin)
            self._rules[origin] = rules_of(answer) if isinstance(answer, Response) else answer
        finally:
            for turn in self._waiting.pop(origin):
                turn.callback(None)

    async def _fetch(self, origin: str) -> Response | HostError | str:
        request = Request(
            f"{origin}/robots.txt", priority=1000, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK
        )
        try:
            return await self._crawler.engine.download_async(request)
        except HOST_ERRORS as error:
            return error
        except DOWNLOAD_ERRORS as error:
            return fault_of(error, request.url).what


def rules_of(response: Response) -> Protego | str:
    """The rules an answer to robots.txt gives; when they cannot be known, which means no, the reason.

    2xx: as written. 4xx: there are none (RFC 9309, 2.3.1.3), save 429, which asks to stay away for now.
    """
    if 200 <= response.status < 300:
        return Protego.parse(response.body.decode("utf-8-sig", "replace")[:MAX_CHARACTERS])
    if 400 <= response.status < 500 and response.status != 429:
        return Protego.parse("")
    return f"status {response.status}"
