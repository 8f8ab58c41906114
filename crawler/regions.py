"""Regions: places some terms are seen from, each with its language, cookies and proxy as configured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from w3lib.http import basic_auth_header

REGIONS = "CLAUSEWATCH_REGIONS"
"""Scrapy setting: `Region`s by name."""
REGION = "clausewatch_region"
"""Key of a request's meta: the name of the region it is seen from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """How a page is asked for from some place.

    accept_language: the header, "" for what the declaration's language and the region's name give. cookies: the Cookie
    header, by the only host it is sent to. proxy: its address, "" for none; it is what makes the place real.
    """

    accept_language: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str = field(default="", repr=False)

    @property
    def proxy_address(self) -> str:
        """The proxy without the name and password to it."""
        parts = urlsplit(self.proxy)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @property
    def proxy_host(self) -> str:
        """Host and port of the proxy, "" when there is none."""
        parts = urlsplit(self.proxy)
        return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}" if parts.hostname else ""

    @property
    def proxy_header(self) -> bytes | None:
        """The Proxy-Authorization header, where the proxy's address has a name and password."""
        parts = urlsplit(self.proxy)
        if parts.username is None:
            return None
        return bytes(basic_auth_header(unquote(parts.username), unquote(parts.password or "")))
