"""Which addresses may never be reached: one set of pure rules for pages, webhooks and previews.

The name in an address is only the first gate (`forbidden_url`); what counts is the address actually connected to,
so whoever opens a connection asks `forbidden_address` about each answer of the resolver, and connects to that answer.
"""

import re
import socket
import unicodedata
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

_NEVER = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and where clouds serve their credentials
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries any IPv4 address
        "3fff::/20",
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_LOCAL_NAME = re.compile(r"(^|\.)(localhost|local|internal|localdomain|home\.arpa)$")
_NUMERIC_HOST = re.compile(r"^(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}$")


def forbidden_address(ip: str | IPv4Address | IPv6Address) -> bool:
    """Tell whether no connection may be made to `ip`: private, loopback, link-local, CGNAT, multicast, reserved.

    An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as that IPv4 address. Text that is no address is
    forbidden.

    >>> [forbidden_address(ip) for ip in ("127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "8.8.8.8", "2606:4700::1")]
    [True, True, True, False, False]
    """
    if isinstance(ip, str):
        try:
            ip = ip_address(ip.partition("%")[0])
        except ValueError:
            return True
    if isinstance(ip, IPv6Address):
        inner = _inner_ipv4(ip)
        if inner is not None:
            return forbidden_address(inner)
        if ip not in _GLOBAL_UNICAST:
            return True
    return any(ip in network for network in _NEVER if network.version == ip.version)


def forbidden_url(url: str, allowed_hosts: Collection[str] = ()) -> str | None:
    """Say why `url` may not be requested, as a clause for people; None when its form allows it.

    allowed_hosts: hosts ("127.0.0.1", "intranet.example") or host and port ("127.0.0.1:8080") that may be reached
    although they are private. The address a name resolves to is not looked up here.

    >>> forbidden_url("http://2130706433/")
    'the host 2130706433 is a private address'
    >>> forbidden_url("file:///etc/passwd")
    'only http and https addresses can be requested'
    >>> forbidden_url("http://127.0.0.1:8080/hook", allowed_hosts=["127.0.0.1:8080"]) is forbidden_url("https://a.example/")
    True
    """
    if _CONTROL_OR_SPACE.search(url):
        return "it contains white space, a backslash or a control character"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is not a valid address"
    if parts.scheme not in ("http", "https"):
        return "only http and https addresses can be requested"
    if "@" in parts.netloc or ("%" in parts.netloc and "[" not in parts.netloc):
        return "it contains a user name, a password or an escape"
    host = host_of(parts)
    if not host:
        return "it has no host"
    if host_allowed(host, port or (443 if parts.scheme == "https" else 80), allowed_hosts):
        return None
    if _LOCAL_NAME.search(host) or private_literal(host):
        return f"the host {host} is a private address"
    return None


def host_of(parts: SplitResult) -> str:
    """Return the host of a split address as it will be looked up: folded to lower case, NFKC, no brackets or final dot.

    >>> host_of(urlsplit("http://LOCALHOST.:80/"))
    'localhost'
    """
    folded = unicodedata.normalize("NFKC", parts.hostname or "").casefold()
    return folded.replace("\u3002", ".").rstrip(".")


def host_allowed(host: str, port: int, allowed_hosts: Collection[str]) -> bool:
    """Tell whether the configuration names this host, or this host and port, as one that may be private."""
    names = {name.casefold().rstrip(".") for name in allowed_hosts}
    shown = f"[{host}]" if ":" in host else host
    return bool(names & {host, shown, f"{shown}:{port}"})


def private_literal(host: str) -> bool:
    """Tell whether `host` is a forbidden address written out, also in the decimal, octal and hexadecimal forms.

    >>> [private_literal(host) for host in ("0177.0.0.1", "0x7f000001", "::1", "8.8.8.8", "a.example")]
    [True, True, True, False, False]
    """
    if ":" in host:
        return forbidden_address(host)
    if not _NUMERIC_HOST.match(host):
        return False
    try:
        return forbidden_address(IPv4Address(socket.inet_aton(host)))
    except OSError:
        return True


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
