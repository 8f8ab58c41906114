"""Sites: which addresses belong together, by the public suffix list that ships with tldextract."""

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


def same_site(url: str, *others: str) -> bool:
    """Whether an address belongs to the same registrable domain as one of the others.

    >>> same_site("https://blog.example.co.uk/1", "https://www.example.co.uk/")
    True
    >>> same_site("https://example.org/1", "https://example.com/")
    False
    """
    return _site(url) in {_site(other) for other in others if other}


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> "TLDExtract":
    """Nothing is fetched or kept on disk."""
    from tldextract import TLDExtract  # takes 0.1 s to import, and few pages need it

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
