"""The address gate before every request: pages, redirects at every hop, robots.txt, feeds."""

from collections.abc import Collection
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from alerts.addresses import forbidden_url
from crawler.middlewares.refusals import AddressRefused
from crawler.resolver import ALLOW_HOSTS


class GateMiddleware:
    """Refuses a request to a forbidden address; first of the middlewares, so nothing is asked of it before."""

    def __init__(self, allowed_hosts: Collection[str]) -> None:
        self._allowed_hosts = frozenset(allowed_hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler.settings.getlist(ALLOW_HOSTS))

    def process_request(self, request: Request) -> None:
        """Raise AddressRefused when the address is forbidden."""
        why = forbidden_url(request.url, self._allowed_hosts)
        if why is not None:
            raise AddressRefused(request.url, why)
