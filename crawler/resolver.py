"""The resolver of the crawl: what is connected to is what was checked.

A name is looked up once for a connection, forbidden addresses are dropped from the answer, and the connection is made
to one of those left. So a name that changes between check and connection (DNS rebinding) gains nothing.
"""

import socket
from collections.abc import Collection, Sequence
from typing import Any, Self

from scrapy.settings import BaseSettings
from twisted.internet._resolver import GAIResolver
from twisted.internet.base import ReactorBase

from alerts.addresses import forbidden_address, host_allowed
from crawler.regions import REGIONS

ALLOW_HOSTS = "CLAUSEWATCH_ALLOW_HOSTS"
"""Scrapy setting: hosts, by name, that may be private; for the demo, tests and intranets."""

REFUSED = "every address of this host is private or reserved"


class RefusedHost(socket.gaierror):
    """A name of which no address may be connected to."""


def look_up(host: str, port: int, allowed_hosts: Collection[str], *hints: int) -> list[Any]:
    """`socket.getaddrinfo` without the addresses that are forbidden.

    Raises RefusedHost when nothing is left, socket.gaierror when the name is unknown.
    """
    try:
        found = socket.getaddrinfo(host, port, *hints)
    except UnicodeError as error:  # a part of the name is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    if host_allowed(host.casefold().rstrip("."), port, allowed_hosts):
        return found
    kept = public_only(found)
    if found and not kept:
        raise RefusedHost(socket.EAI_NONAME, REFUSED)
    return kept


def public_only(found: Sequence[Any]) -> list[Any]:
    """Of what `socket.getaddrinfo` found, the entries whose address may be connected to."""
    return [entry for entry in found if not forbidden_address(str(entry[4][0]))]


class CheckingResolver(GAIResolver):
    """Twisted's resolver over `look_up`; Scrapy's setting TWISTED_DNS_RESOLVER names it.

    refused: names of hosts that were refused, so that the fault can say so instead of "unknown host".
    """

    def __init__(self, reactor: ReactorBase, allowed_hosts: Collection[str]) -> None:
        self.refused: set[str] = set()
        self._reactor_to_serve = reactor
        self._allowed_hosts = frozenset(allowed_hosts)
        super().__init__(reactor, getaddrinfo=self._checked)  # type: ignore[arg-type]

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> Self:
        """Made by Scrapy, or by `crawler.run`, from anything with `settings`."""
        settings: BaseSettings = crawler.settings
        proxies = [region.proxy_host for region in (settings.get(REGIONS) or {}).values() if region.proxy]
        return cls(reactor, [*settings.getlist(ALLOW_HOSTS), *proxies])

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's resolver."""
        self._reactor_to_serve.installNameResolver(self)  # type: ignore[arg-type]

    def _checked(self, host: str | bytes, port: int, *hints: int) -> list[Any]:
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        try:
            return look_up(name, port, self._allowed_hosts, *hints)
        except RefusedHost:
            self.refused.add(name.lower())
            raise
