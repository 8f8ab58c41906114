"""Regions: requests are sent as from the place their terms are to be seen from."""

import asyncio
import socket
from collections.abc import Collection, Mapping
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from alerts.addresses import host_allowed
from crawler.browser.handler import BROWSER
from crawler.middlewares.refusals import AddressRefused
from crawler.regions import REGION, REGIONS, Region
from crawler.resolver import ALLOW_HOSTS, REFUSED, RefusedHost, look_up


class RegionMiddleware:
    """Sets language, cookies and proxy of a request by its region, anew at every hop of a redirect.

    A proxy looks names up itself, so each name is looked up and checked here too before it is asked. A proxy may stand
    on a private address, because the configuration names it; as a page it may not be fetched.
    """

    def __init__(self, regions: Mapping[str, Region], allowed_hosts: Collection[str]) -> None:
        self._regions = regions
        self._allowed_hosts = frozenset(allowed_hosts)
        self._proxies = {region.proxy_host for region in regions.values() if region.proxy}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler.settings.get(REGIONS) or {}, crawler.settings.getlist(ALLOW_HOSTS))

    async def process_request(self, request: Request) -> None:
        """Send the request as from its region. Raises a Refusal where that cannot be."""
        parts = urlsplit(request.url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)
        if f"{host}:{port}" in self._proxies and not host_allowed(host, port, self._allowed_hosts):
            raise AddressRefused(request.url, "this is the proxy of a region, not a page")
        region = self._regions.get(request.meta.get(REGION, ""))
        if region is None:
            return
        if region.accept_language:
            request.headers["Accept-Language"] = region.accept_language
        request.headers.pop("Cookie", None)
        if host in region.cookies:
            request.headers["Cookie"] = region.cookies[host]
        if region.proxy:
            await self._through(region, request, host, port)

    async def _through(self, region: Region, request: Request, host: str, port: int) -> None:
        if BROWSER in request.meta:
            return  # its own proxy goes on through the region's
        try:
            await asyncio.to_thread(look_up, host, port, self._allowed_hosts)
        except RefusedHost as error:
            raise AddressRefused(request.url, REFUSED) from error
        except socket.gaierror as error:
            raise CannotResolveHostError(str(error)) from error
        request.meta["proxy"] = region.proxy_address
        if region.proxy_header is not None:
            request.headers["Proxy-Authorization"] = region.proxy_header
