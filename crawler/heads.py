"""Heads: a bound on the head of an answer, which Twisted and Scrapy read for as long as a server goes on sending it."""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.web._newclient import ParseError

MAX_HEAD = 256 * 1024
"""Bytes; browsers allow as much, and the longest heads of policies have 12 kB."""


class _BoundedParser(_LenientHTTPClientParser):
    """Gives up on an answer whose head is longer than it may be."""

    _head = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        """See Twisted."""
        self._head += len(line)
        if self._head > MAX_HEAD:
            raise ParseError("the head of the answer is longer than may be read", b"")  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        """See Twisted."""
        asked = super().request(request)
        assert self._parser is not None  # made by the line above
        self._parser.__class__ = _BoundedParser  # as Scrapy does: Twisted names the class itself
        return asked


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes connections whose answers have a head within bounds."""

    def buildProtocol(self, addr: Any) -> _BoundedProtocol:  # noqa: N802 - Twisted's name
        """See Twisted."""
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
