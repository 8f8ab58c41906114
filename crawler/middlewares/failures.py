"""What can go wrong between a request and its answer: Scrapy's and Twisted's exceptions, and the fault each one is."""

from collections.abc import Mapping
from types import MappingProxyType

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from crawler.faults import our_failure
from crawler.middlewares.refusals import (
    AddressRefused,
    AskedToWait,
    CutOff,
    Downloaded,
    Mispacked,
    RobotsRefused,
    TooManyRedirects,
)
from diffing.fault import Fault, FaultReason

DOWNLOAD_ERRORS: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    ConnectError,
    ConnectionDone,
    ConnectionLost,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    OSError,
    ResponseDataLossError,
)
"""All that a download raises for reasons outside this program."""

_SMALLER = "declare a smaller page"
_LATER = "it is tried again at the next visit"
_FAULTS: Mapping[type[Exception], tuple[FaultReason, str, str]] = MappingProxyType(
    {
        AddressRefused: (
            FaultReason.FORBIDDEN_ADDRESS, "", "allow the host by name in the configuration if it is yours",
        ),
        RobotsRefused: (FaultReason.ROBOTS, "", "ask the publisher, or declare another address of the text"),
        AskedToWait: (FaultReason.RATE_LIMITED, "", "it is visited again when that time is over"),
        Downloaded: (FaultReason.CONTENT_TYPE, "", "declare the address of a page"),
        Mispacked: (FaultReason.CONTENT_TYPE, "", _LATER),
        CutOff: (FaultReason.CONNECTION, "", _LATER),
        TooManyRedirects: (FaultReason.REDIRECTS, "", "find where the text has moved and correct the declaration"),
        IgnoreRequest: (FaultReason.TOO_LARGE, "the page unpacks to more than may be read", _SMALLER),
        DownloadCancelledError: (FaultReason.TOO_LARGE, "the page is larger than may be read", _SMALLER),
        DownloadTimeoutError: (FaultReason.TIMEOUT, "no full answer in time", _LATER),
        CannotResolveHostError: (FaultReason.DNS, "no host of that name is known", "check the address"),
        DownloadConnectionRefusedError: (FaultReason.CONNECTION, "the server refuses connections", _LATER),
    }
)  # fmt: skip
_OTHER = (FaultReason.CONNECTION, "the connection broke before the answer was whole", _LATER)


def fault_of(error: BaseException, url: str) -> Fault:
    """The fault a failed download is; what no download raises is a failure of ours, told by its name."""
    if not isinstance(error, DOWNLOAD_ERRORS):
        return our_failure(url, f"fetching the page failed with {type(error).__name__}")
    reason, what, todo = next((fault for kind, fault in _FAULTS.items() if isinstance(error, kind)), _OTHER)
    said = getattr(error, "what", "")
    return Fault(reason=reason, where=getattr(error, "where", "") or url, what=said or what, todo=todo)
