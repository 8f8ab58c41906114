"""Guard: what holds for every answer, whatever page or program made it: the host asked for, and the headers."""

import ipaddress
from collections.abc import Collection, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BODY: Final = 64 * 1024
"""Bytes of a request; a form takes a few hundred."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
"""On every answer; one that says more strictly itself keeps its own."""


class Guard:
    """Refuses what was asked under a foreign host name or is too long, and puts the headers on every answer.

    A page of somebody else whose name is made to point at this machine asks under its own name: so names that the
    configuration does not know are refused. Addresses in numbers cannot be played with so.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], headers: Mapping[str, str] = HEADERS) -> None:
        self._app = app
        self._hosts = {host.casefold() for host in hosts} | {"localhost"}
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(Headers(scope=scope))
        await (refused or self._app)(scope, receive, guarded)

    def _refused(self, headers: Headers) -> PlainTextResponse | None:
        if not self._known(headers.get("host", "")):
            told = "clausewatch: this name is not one of this site; add it to `hosts` under [web]\n"
            return PlainTextResponse(told, status_code=421)
        length = headers.get("content-length", "0")
        if "chunked" in headers.get("transfer-encoding", "") or not length.isascii() or not length.isdigit():
            return PlainTextResponse("clausewatch: say how long the request is\n", status_code=411)
        if len(length) > len(str(LONGEST_BODY)) or int(length) > LONGEST_BODY:
            return PlainTextResponse("clausewatch: the request is too long\n", status_code=413)
        return None

    def _known(self, host: str) -> bool:
        name = host_name(host)
        return name in self._hosts or is_address(name)


def host_name(host: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("Example.org:8340"), host_name("[::1]:80")
    ('example.org', '::1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].casefold()


def is_address(name: str) -> bool:
    """Whether a host name is an address in numbers."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(name: str) -> bool:
    """Whether an address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("10.0.0.1"), is_loopback("")
    (True, True, False, False)
    """
    return is_address(name) and ipaddress.ip_address(name).is_loopback
