"""The download handler of the crawl: plain HTTP as Scrapy does it, and pages in the browser where that is asked for."""

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.heads import BoundedFactory

if TYPE_CHECKING:
    from crawler.browser.browsing import BrowserHandler

BROWSER = "clausewatch_browser"
"""Key of a request's meta, for a page that is to be read in the browser: the CSS selectors to wait for."""


class DownloadHandler(HTTP11DownloadHandler):
    """Scrapy's for HTTP; requests with `BROWSER` in their meta go to the browser, which is started for the first."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        self._browsing: BrowserHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """See Scrapy."""
        if BROWSER not in request.meta:
            return await super().download_request(request)
        if self._browsing is None:
            from crawler.browser.browsing import BrowserHandler  # few crawls need it

            self._browsing = BrowserHandler(self.crawler)
        return await self._browsing.download_request(request)

    async def close(self) -> None:
        """See Scrapy."""
        await super().close()
        if self._browsing is not None:
            await self._browsing.close()
