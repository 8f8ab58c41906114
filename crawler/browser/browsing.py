"""Browsing: pages in the browser, through scrapy-playwright, each visit apart from all others and within bounds."""

import asyncio
import contextlib
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as BrowserTimeout
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import HtmlResponse, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser import page as pages
from crawler.browser.chromium import CHROMIUM, Chromium, find
from crawler.browser.handler import BROWSER
from crawler.browser.proxy import CheckingProxy
from crawler.middlewares.refusals import Downloaded
from crawler.regions import REGION, REGIONS, Region
from crawler.resolver import ALLOW_HOSTS

LAUNCH_SECONDS = 30.0
CLOSE_SECONDS = 5.0
LOADS_TIMES = 4
"""A page with all it loads may have so many times the bytes of a page alone."""

_AT = "clausewatch_at"
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain")


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's, each visit with a context and a checking proxy of its own, within bounds."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._chromium = find(settings[CHROMIUM])
        self._allowed_hosts = settings.getlist(ALLOW_HOSTS)
        self._regions: Mapping[str, Region] = settings.get(REGIONS) or {}
        self._agent = str(settings["USER_AGENT"])
        self._seconds = 2 * settings.getfloat("DOWNLOAD_TIMEOUT")
        self._max_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._turn = asyncio.Semaphore(settings.getint("CLAUSEWATCH_BROWSER_PAGES"))
        self._starting = asyncio.Lock()
        self._visits = 0

    async def download_request(self, request: Request) -> Response:
        """The page as the browser shows it, as HTML in UTF-8. Raises what a plain download would."""
        region = self._regions.get(request.meta.get(REGION, ""), Region())
        through, most = region if region.proxy else None, LOADS_TIMES * self._max_bytes
        async with self._turn, CheckingProxy(self._allowed_hosts, max_bytes=most, through=through) as proxy:
            try:
                async with asyncio.timeout(LAUNCH_SECONDS):
                    await self._start()
                async with asyncio.timeout(self._seconds):
                    return await proxy.unless_spent(self._visit(request, region, proxy))
            except (TimeoutError, BrowserTimeout) as error:
                raise DownloadTimeoutError("the browser took too long") from error
            except BrowserError as error:
                raise _meant(error, request, proxy) from error

    async def _start(self) -> None:
        """Have the browser running."""
        async with self._starting:
            if not hasattr(self, "browser_provider"):
                assert self._chromium is not None  # the spider asks for a browser only where there is one
                self.config.launch_options = _launch_options(self._chromium)
                await self._launch()
            await self._maybe_launch_browser()

    async def _visit(self, request: Request, region: Region, proxy: CheckingProxy) -> Response:
        self._visits += 1
        name = f"visit {self._visits}"
        language = (request.headers.get("Accept-Language") or b"").decode("latin-1")
        request.meta["playwright_context"] = name
        request.meta["playwright_context_kwargs"] = {
            "accept_downloads": False,
            "ignore_https_errors": False,
            "locale": language.partition(",")[0] or "en",
            "extra_http_headers": {"Accept-Language": language} if language else {},
            "proxy": {"server": proxy.url},
            "service_workers": "block",
            "storage_state": {"cookies": _cookies(region)},
            "user_agent": _agent(self._agent, self.browser.version),
            "viewport": {"width": 1280, "height": 2000},
        }
        try:
            response: Response = await self._download_request(request)
        finally:
            await self._end(name)
        if trouble := _trouble(request, proxy):  # a script has sent the page where it could not go
            raise trouble
        return response

    async def _download_request_with_page(self, request: Request, page: Page, spider: Spider) -> Response:
        """See scrapy-playwright, which has made the page."""
        await pages.guard(page)
        page.on("request", partial(_note_navigation, request))
        loaded = await pages.read(page, request.url, request.meta[BROWSER], seconds=self._seconds / 2)
        await page.close()
        if len(loaded.html) > self._max_bytes:
            raise DownloadCancelledError("the page is larger than may be read")
        media = loaded.headers.get("content-type", "text/html")
        if media.partition(";")[0].strip().lower() in _TEXTUAL:
            media = "text/html; charset=utf-8"
        kept = {name: value for name, value in loaded.headers.items() if name not in _CHANGED} | {"content-type": media}
        return HtmlResponse(
            loaded.url,
            status=loaded.status,
            headers=kept,
            body=loaded.html.encode("utf-8", "replace"),
            request=request,
            flags=[BROWSER],
        )

    async def _end(self, name: str) -> None:
        """Close the context of a visit; a browser that does not answer is closed, and started again when needed."""
        wrapper = self.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await wrapper.context.close()
        except (TimeoutError, BrowserError):
            with contextlib.suppress(BrowserError, TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self.browser.close()


_CHANGED = frozenset({"content-encoding", "content-length", "transfer-encoding", "etag", "last-modified"})
"""Headers of the answer that are not true of the page the browser made of it."""


def _launch_options(chromium: Chromium) -> dict[str, Any]:
    return {
        "executable_path": chromium.path,
        "chromium_sandbox": chromium.sandboxed,
        "args": list(chromium.flags),
        "headless": True,
        "proxy": {"server": "http://127.0.0.1:9"},  # for all that belongs to no visit: nobody listens there
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
    }


def _cookies(region: Region) -> list[dict[str, Any]]:
    """The cookies of a region, each for its very host, until the visit ends.

    >>> [(one["domain"], one["name"], one["value"]) for one in _cookies(Region(cookies={"a.example": "b=1; c=2"}))]
    [('a.example', 'b', '1'), ('a.example', 'c', '2')]
    """
    pairs = [(host, part.strip().partition("=")) for host, told in region.cookies.items() for part in told.split(";")]
    return [
        {"name": name, "value": value, "domain": host, "path": "/", "expires": -1, "httpOnly": True, "secure": False,
         "sameSite": "Lax"}
        for host, (name, _, value) in pairs if name
    ]  # fmt: skip


def _agent(ours: str, version: str) -> str:
    """The User-Agent of the browser: what it is, and who we are.

    >>> _agent("Clausewatch/0.1 (policy watcher)", "156.0.1.2")
    'Mozilla/5.0 (X11; Linux x86_64; compatible; Clausewatch/0.1; policy watcher) Chrome/156.0.0.0'
    """
    name, _, comment = ours.partition(" (")
    told = f"{name}; {comment.rstrip(')')}" if comment else name
    major = version.partition(".")[0]
    return f"Mozilla/5.0 (X11; Linux x86_64; compatible; {told}) Chrome/{major}.0.0.0"


def _meant(error: BrowserError, request: Request, proxy: CheckingProxy) -> Exception:
    """What a failure of the browser comes from, as a plain download would say it."""
    if "Download is starting" in error.message:
        return Downloaded(request.url, "the address gives a file to save, not a page")
    return _trouble(request, proxy) or DownloadFailedError(error.message.partition("\n")[0][:200])


def _trouble(request: Request, proxy: CheckingProxy) -> Exception | None:
    """Why the address the page itself was to be loaded from last could not be reached."""
    return proxy.troubles.get(urlsplit(request.meta.get(_AT, request.url)).netloc)


def _note_navigation(request: Request, asked: BrowserRequest) -> None:
    """Keep the address the page itself is being loaded from, redirects included."""
    if pages.is_of_page(asked):
        request.meta[_AT] = asked.url
