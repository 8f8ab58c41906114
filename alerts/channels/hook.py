"""Hook: post JSON to a configured address, and say in the deliverer's terms what came of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from alerts.addresses import forbidden_url, host_of
from alerts.channels.channel import Receipt
from alerts.errors import BadChannel, Gone, Refused, Unreachable
from alerts.http import FAILURES, TIMEOUT, Answer, Poster, retry_after, said

OVERLOADED: Final = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that speak of the receiver's state, not of this alert."""
GONE: Final = frozenset({410})
"""Statuses that mean that nothing will ever be taken there again."""


class Hook:
    """An address to post to.

    where: "channel NAME", for errors; they name the host and never the rest of the address, which may be a secret.
    allow_private: it may be on this machine or network. timeout: seconds for a whole attempt. gone: see `GONE`.
    Raises BadChannel when the address cannot be used.
    """

    def __init__(
        self,
        where: str,
        url: str,
        *,
        allow_private: bool = False,
        timeout: float = TIMEOUT,
        gone: Collection[int] = GONE,
    ) -> None:
        self._where = where
        self._url = url
        self._gone = frozenset(gone)
        self._host = _host(url)
        allowed = {self._host} if allow_private else frozenset[str]()
        if problem := forbidden_url(url, allowed) or ("" if self._host else "it is not a valid address"):
            todo = "correct url, or set allow_private = true if it is your own machine or network"
            raise BadChannel(where, f"its url cannot be used: {problem}", todo)
        self._poster = Poster(allowed_hosts=allowed, timeout=timeout)

    def post(self, body: bytes, headers: Mapping[str, str], now: datetime) -> Receipt:
        """Post once; any 2xx is a success, a redirect is a failure. Raises Refused, Unreachable or Gone."""
        given = {"content-type": "application/json", "user-agent": "Clausewatch", **headers}
        try:
            answer = self._poster.post(self._url, body, given)
        except FAILURES as error:
            raise Unreachable(self._where, f"{self._host} {said(error)}", "see that it is up") from error
        self._check(answer, now)
        return Receipt(detail=f"HTTP {answer.status}")

    def _check(self, answer: Answer, now: datetime) -> None:
        what = f"{self._host} answered {answer.status}"
        if 200 <= answer.status < 300:
            return
        if answer.status in self._gone:
            raise Gone(self._where, what, "enable the channel when it is back")
        if 300 <= answer.status < 400:
            raise Refused(self._where, f"{what}, a redirect, which is not followed", "configure its final address")
        wait = retry_after(answer.headers.get("retry-after"), now)
        kind = Unreachable if answer.status in OVERLOADED else Refused
        raise kind(self._where, what, "see the receiver's log", wait)


def _host(url: str) -> str:
    """Return the host of an address; "" for what is no address, which the gate then refuses."""
    try:
        httpx.URL(url)
        return host_of(urlsplit(url))
    except (ValueError, httpx.InvalidURL):
        return ""
