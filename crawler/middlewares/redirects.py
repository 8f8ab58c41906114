"""Redirects: at most ten, only to http and https, each through the gate as a request of its own."""

from urllib.parse import urljoin

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.middlewares.refusals import AddressRefused, TooManyRedirects

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class BoundedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's, but a redirect that is not followed is a refusal with a reason instead of a page or a bare word."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow the redirect; raise TooManyRedirects or AddressRefused when it is not followed."""
        location = response.headers.get("Location")
        if location is None or response.status not in _REDIRECTS:
            return response
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise TooManyRedirects(request.url, f"more than {self.max_redirect_times} redirects")
        followed = super().process_response(request, response)
        if followed is response:
            target = urljoin(request.url, location.decode("latin-1"))
            raise AddressRefused(request.url, f"it redirects to {target[:100]!r}; only http and https are fetched")
        return followed
