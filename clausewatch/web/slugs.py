"""Slugs: names for addresses, readable, safe as file names, and the same wherever the same text is kept."""

import hashlib
import re
import unicodedata

from diffing.version import Document

_OTHER = re.compile(r"[^a-z0-9]+")
LONGEST = 60
"""Characters of the readable part."""


def slug(*names: str) -> str:
    """A readable name and eight hexadecimal digits that tell names apart which read alike.

    >>> slug("Café & Co")
    'cafe-co-1c61370c'
    """
    plain = unicodedata.normalize("NFKD", " ".join(names)).encode("ascii", "ignore").decode().lower()
    readable = _OTHER.sub("-", plain).strip("-")[:LONGEST].strip("-")
    digest = hashlib.blake2b("\0".join(names).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{readable}-{digest}" if readable else digest


def service_slug(service: str) -> str:
    """Names a service."""
    return slug(service)


def document_slug(document: Document) -> str:
    """Names a document; the post and the collection count, but only where they are."""
    names = [document.service, document.terms, document.collection, document.post]
    while not names[-1]:
        names.pop()
    return slug(*names)
