"""A declaration for an address somebody types: no selectors, so the readable main content."""

from urllib.parse import urlsplit

from crawler.declarations.declaration import Declaration, Source
from crawler.errors import DeclarationError


def ad_hoc(url: str) -> Declaration:
    """The declaration for one address: its host as the service, "Page" as the terms.

    Raises DeclarationError when it is no http or https address.

    >>> str(ad_hoc("https://www.example.org/privacy").document)
    'www.example.org · Page'
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise DeclarationError(url, "is no web address", "give one that begins with https:// or http://")
    if parts.username is not None:
        raise DeclarationError(parts.hostname, "the address has a name or password in it", "give it without")
    return Declaration(service=parts.hostname, terms="Page", sources=(Source(fetch=url.strip()),), where=url)
