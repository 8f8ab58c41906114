"""Post to an address somebody configured: no redirects, no proxies, a deadline, and never to a private address.

The name is judged by its form, then every address it resolves to, and the connection goes to the very address that
was judged: a name that changes between check and connection changes nothing.
"""

import socket
import ssl
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore
import httpx

from alerts.addresses import forbidden_address, host_allowed

TIMEOUT = 20.0
"""Seconds for a whole request: look-up of the name aside, connecting, writing and waiting for the answer."""
FAILURES = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)
"""What a request can fail with when the other side, or the way to it, is at fault."""


class PrivateAddress(OSError):  # noqa: N818
    """The name stands for an address that may not be reached; the message is a clause for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status and headers (names in lower case) of an answer; its body is never read."""

    status: int
    headers: Mapping[str, str]


class Poster:
    """Posts to configured addresses. allowed_hosts: hosts, or hosts with port, that may be private."""

    def __init__(self, *, allowed_hosts: Collection[str] = (), timeout: float = TIMEOUT) -> None:
        self._allowed = frozenset(allowed_hosts)
        self._timeout = timeout
        self._ssl = httpx.create_ssl_context(trust_env=False)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post once. Raises PrivateAddress, or one of FAILURES."""
        target = httpx.URL(url)
        port = target.port or (443 if target.scheme == "https" else 80)
        backend = _Backend(
            free=host_allowed(target.host, port, self._allowed), deadline=time.monotonic() + self._timeout
        )
        origin = httpcore.Origin(target.raw_scheme, target.raw_host, port)
        connection = httpcore.HTTPConnection(origin, ssl_context=self._ssl, network_backend=backend)
        request_url = httpcore.URL(
            scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
        )
        with (
            connection,
            connection.stream(
                "POST", request_url, headers=list(headers.items()), content=body, extensions=_timeouts(self._timeout)
            ) as response,
        ):
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(status=response.status, headers=found)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read a Retry-After header, seconds or a date; None when there is none or it makes no sense.

    >>> retry_after("120", datetime(2025, 11, 3, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    >>> retry_after("Mon, 03 Nov 2025 00:01:00 GMT", datetime(2025, 11, 3, tzinfo=UTC))
    datetime.timedelta(seconds=60)
    >>> retry_after("soon", datetime(2025, 11, 3, tzinfo=UTC)) is None
    True
    """
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**9))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(moment.replace(tzinfo=moment.tzinfo or UTC) - now, timedelta(0))


def said(error: Exception) -> str:
    """Say in a clause why a request failed; never with the address it went to."""
    if isinstance(error, PrivateAddress):
        return str(error)
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return "did not answer in time"
    if isinstance(error, socket.gaierror):
        return "has a name that cannot be looked up"
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(cause, ssl.SSLError):
        return f"could not be trusted ({cause.reason or 'TLS failed'})"
    if isinstance(cause, OSError) and cause.strerror:
        return f"could not be reached ({cause.strerror})"
    return "closed the connection without an answer"


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were judged, for one request. free: the host may be private."""

    def __init__(self, *, free: bool, deadline: float) -> None:
        self._free = free
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that takes the connection."""
        failure: Exception = socket.gaierror(socket.EAI_NONAME, "no address")
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, _left(self._deadline), local_address, socket_options or ()
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # a name the look-up cannot even spell
            raise socket.gaierror(socket.EAI_NONAME, "no address") from error
        found = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
        if not self._free and any(forbidden_address(address) for address in found):
            raise PrivateAddress("stands for a private address")
        return found


class _Stream(httpcore.NetworkStream):
    """A connection whose reads and writes share one deadline, so that a byte now and then does not hold us for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


def _timeouts(seconds: float) -> dict[str, Any]:
    return {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), seconds)}
