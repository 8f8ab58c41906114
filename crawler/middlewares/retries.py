"""Retries: a passing failure is tried again at once, unless the server has said when to come back."""

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's, but an answer with Retry-After is not asked again within this crawl."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """A new request for an answer that may be better next time, else the answer."""
        if "Retry-After" in response.headers:
            return response
        return super().process_response(request, response)
