"""Redirects: at most ten, only to http and https, each through the gate as a request of its own."""

from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.http import Response

from crawler.middlewares.refusals import AddressRefused, TooManyRedirects

HEAD = 16_384
"""Bytes of a page that hold the 4,096 characters Scrapy looks at, in any encoding."""

NOWHERE = "it redirects to what is no address"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class _Bounded(BaseRedirectMiddleware):
    """One redirect too many is a refusal with a reason, instead of Scrapy's bare word."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise TooManyRedirects(request.url, f"more than {self.max_redirect_times} redirects")
        return super()._redirect(redirected, request, reason)


class BoundedMetaRefreshMiddleware(_Bounded, MetaRefreshMiddleware):
    """Scrapy's, for pages that redirect by a <meta> tag; those that cannot are not decoded to look for one."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow the tag, where there is one near the beginning."""
        head = response.body[:HEAD]
        if b"refresh" not in head.lower() and b"\0" not in head:  # as in UTF-16
            return response
        try:
            return super().process_response(request, response)
        except ValueError as error:  # as Scrapy calls an address that is none
            raise TooManyRedirects(request.url, NOWHERE) from error


class BoundedRedirectMiddleware(_Bounded, RedirectMiddleware):
    """Scrapy's, but a redirect that is not followed is a refusal instead of a page."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow the redirect; raise TooManyRedirects or AddressRefused when it is not followed."""
        location = response.headers.get("Location")
        try:
            followed = super().process_response(request, response)
        except ValueError as error:
            raise TooManyRedirects(request.url, NOWHERE) from error
        if followed is response and location is not None and response.status in _REDIRECTS:
            target = urljoin(request.url, location.decode("latin-1"))
            raise AddressRefused(request.url, f"it redirects to {target[:100]!r}; only http and https are fetched")
        return followed
