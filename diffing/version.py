"""Version: the readable text of some terms, dated by our observation."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=8)
def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal. Two versions are the same text when these are equal.

    A lone surrogate, which UTF-8 cannot hold, is hashed as itself.
    """
    return _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Which text: some terms of a service, and for a blog the post.

    service, terms: as declared, e.g. "LinkedIn", "Privacy Policy".
    post: address of the blog post, or "" where the terms are one text.
    collection: name of an imported history that is kept apart from what we crawl ourselves; "" for our own.
    """

    service: str
    terms: str
    post: str = ""
    collection: str = ""

    def __str__(self) -> str:
        return f"{self.service} · {self.terms}" + (f" · {self.post}" if self.post else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The readable text made from captures.

    document: which text this is a version of.
    observed_at: when *we* saw it (aware, UTC); never what the page says of itself.
    text: Markdown, one block a line.
    url: address a reader can open.
    language: ISO 639-1 code, e.g. "en"; "" when unknown.
    extractor: version of the extraction that made the text, e.g. "1"; "ota" for imported histories.
    declaration: hash of the declaration in force, "" for imported histories.
    title: of a blog post; "" otherwise.
    fallback: no declared selector matched, or none is declared: the text is the readable main content.
    """

    document: Document
    observed_at: datetime
    text: str
    url: str
    language: str = ""
    extractor: str = ""
    declaration: str = ""
    title: str = ""
    fallback: bool = False

    @property
    def id(self) -> str:
        """Stable name: 16 hexadecimal digits of a hash over document, time (to the millisecond) and text."""
        return _name(self.document, self.observed_at, text_hash(self.text))


@lru_cache(maxsize=32)
def _name(of: Document, observed_at: datetime, text: str) -> str:
    moment = observed_at.astimezone(UTC).isoformat(timespec="milliseconds")
    return _digest("\0".join((of.service, of.terms, of.post, of.collection, moment, text)))[:16]
