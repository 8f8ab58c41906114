"""The fault a failed request is."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from twisted.python.failure import Failure

from crawler.middlewares.failures import fault_of
from crawler.middlewares.refusals import AddressRefused
from crawler.resolver import REFUSED, CheckingResolver
from diffing.fault import Fault


def fault_of_failure(failure: Failure) -> Fault:
    """The fault a failed request is; of a name that our resolver refused, the gate's fault and not "unknown host"."""
    request: Request = failure.request  # type: ignore[attr-defined]
    error = failure.value
    if isinstance(error, CannotResolveHostError) and _was_refused(urlsplit(request.url).hostname or ""):
        error = AddressRefused(request.url, REFUSED)
    assert error is not None  # a failure holds what was raised
    return fault_of(error, request.url)


def _was_refused(host: str) -> bool:
    from twisted.internet import reactor  # only once a reactor is installed

    resolver = reactor.nameResolver
    return isinstance(resolver, CheckingResolver) and host in resolver.refused
