"""The one gate for addresses: what may be connected to, and why the rest may not. Pure."""

import re
import unicodedata
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]|\s")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("64:ff9b:1::/48"))
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "localdomain")


def forbidden(url: str, allowed_hosts: Collection[str] = ()) -> str | None:
    """Why this address may not be fetched, in a clause; None when it may.

    Allowed is http or https to a public host, without user name. A host in `allowed_hosts` (names or addresses in
    their usual form, lower case) may be private. A name says nothing of the address behind it: what it resolves to is
    checked when connecting, see `crawler.resolver`.

    >>> forbidden("https://example.org/privacy")
    >>> forbidden("http://2130706433/")
    'the host is a number in an unusual form'
    >>> forbidden("http://169.254.169.254/latest")
    'the address 169.254.169.254 is not public'
    """
    if _UNSAFE.search(url):
        return "it has a space, control character or backslash"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it is no valid address"
    if parts.scheme.lower() not in {"http", "https"}:
        return "only http and https are fetched"
    if "@" in parts.netloc or "%" in parts.netloc:
        return "it has a user name or an escape in its host"
    return _forbidden_host(host or "", allowed_hosts)


def forbidden_ip(text: str) -> str | None:
    """Why this IP address may not be connected to; None when it is a public one.

    >>> forbidden_ip("::ffff:10.0.0.1")
    'the address ::ffff:10.0.0.1 is not public'
    >>> forbidden_ip("93.184.215.14")
    """
    try:
        address = ip_address(text)
    except ValueError:
        return f"{text[:60]} is no address"
    return None if _is_public(address) else f"the address {text} is not public"


def is_allowed(host: str, allowed_hosts: Collection[str]) -> bool:
    """Whether the configuration lets this host be private."""
    return host.lower().rstrip(".") in allowed_hosts


def _forbidden_host(host: str, allowed_hosts: Collection[str]) -> str | None:
    host = unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower().rstrip(".")
    if not host:
        return "it names no host"
    if is_allowed(host, allowed_hosts):
        return None
    if host in _LOCAL_NAMES or host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES)):
        return f"the host {host[:60]} is local"
    if ":" in host:
        return forbidden_ip(host)
    if _NUMBER.fullmatch(host.rpartition(".")[2]) is None:
        return None
    try:
        IPv4Address(host)
    except ValueError:
        return "the host is a number in an unusual form"
    return forbidden_ip(host)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return _is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.ipv4_mapped is not None or address.is_site_local or any(address in net for net in _TUNNELS):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
