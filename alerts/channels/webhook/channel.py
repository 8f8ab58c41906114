"""The webhook channel: one signed POST for each attempt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from alerts.addresses import forbidden_url, host_of
from alerts.channels.channel import Receipt
from alerts.channels.webhook.signature import secret_problem, signed_headers
from alerts.delivery import Delivery
from alerts.errors import BadChannel, Gone, Refused, Unreachable
from alerts.http import FAILURES, TIMEOUT, Answer, Poster, retry_after, said

OVERLOADED = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that speak of the receiver's state, not of this alert."""


class WebhookChannel:
    """Posts the event's body, signed, to one address.

    secrets: gives the secrets ("whsec_…"), the current one first; during a rotation the old ones too. Asked at each
    attempt, so that a new secret needs no restart.
    allow_private: the address may be on this machine or network. timeout: seconds for a whole attempt.
    """

    def __init__(
        self,
        name: str,
        url: str,
        secrets: Callable[[], Sequence[str]],
        *,
        allow_private: bool = False,
        timeout: float = TIMEOUT,
    ) -> None:
        self._where = f"channel {name}"
        self._url = url
        self._secrets = secrets
        self._host = _host(url)
        allowed = {self._host} if allow_private else frozenset[str]()
        if problem := forbidden_url(url, allowed) or ("" if self._host else "it is not a valid address"):
            todo = "correct url, or set allow_private = true if it is your own machine or network"
            raise BadChannel(self._where, f"its url cannot be used: {problem}", todo)
        self._poster = Poster(allowed_hosts=allowed, timeout=timeout)
        self._checked_secrets()

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Post one delivery; any 2xx is a success, a redirect is a failure."""
        headers = {
            "content-type": "application/json",
            "user-agent": "Clausewatch",
            **signed_headers(self._checked_secrets(), delivery.id, now, delivery.body),
        }
        try:
            answer = self._poster.post(self._url, delivery.body.encode(), headers)
        except FAILURES as error:
            raise Unreachable(self._where, f"{self._host} {said(error)}", "see that it is up") from error
        self._check(answer, now)
        return Receipt(detail=f"HTTP {answer.status}")

    def _check(self, answer: Answer, now: datetime) -> None:
        what = f"{self._host} answered {answer.status}"
        if 200 <= answer.status < 300:
            return
        if answer.status == 410:
            raise Gone(self._where, what, "enable the channel when it is back")
        if 300 <= answer.status < 400:
            raise Refused(self._where, f"{what}, a redirect, which is not followed", "configure its final address")
        wait = retry_after(answer.headers.get("retry-after"), now)
        kind = Unreachable if answer.status in OVERLOADED else Refused
        raise kind(self._where, what, "see the receiver's log", wait)

    def _checked_secrets(self) -> tuple[str, ...]:
        secrets = tuple(self._secrets())
        problem = next(filter(None, map(secret_problem, secrets)), None if secrets else "is missing")
        if problem:
            raise BadChannel(self._where, f"its secret {problem}", 'write "whsec_" before: openssl rand -base64 32')
        return secrets


def _host(url: str) -> str:
    """Return the host of an address; "" for what is no address, which the gate then refuses."""
    try:
        httpx.URL(url)
        return host_of(urlsplit(url))
    except (ValueError, httpx.InvalidURL):
        return ""
