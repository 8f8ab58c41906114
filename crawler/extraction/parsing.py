"""Parsing a page once, within bounds."""

import html
import re

from bs4 import BeautifulSoup, Tag

from crawler.extraction.decoding import decode
from crawler.extraction.tree import tree
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

MAX_BYTES = 20_000_000
"""A page larger than this is refused; the largest policy seen has 3 MB."""
MAX_TAGS = 300_000
"""A page with more tags is refused: parsing takes about 20 µs a tag, and the largest policy seen has 40,000."""
MAX_DEPTH = 200
"""Tags nested deeper are refused: conversion to Markdown recurses. Real pages stay below 80."""

_PACKINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi"})
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_MAGIC = (b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ\x90\x00")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def parse(capture: Capture) -> BeautifulSoup | Fault:
    """The page as a tree, or why it cannot be one: no text type, too large, nested too deeply, or empty.

    A capture that still has a content-encoding is packed in a way we cannot unpack, or says so of what is not packed:
    "identity", "none", the name of a charset.
    """
    body = capture.body
    if not body.strip():
        return Fault(
            reason=FaultReason.EMPTY,
            where=capture.url,
            what="the answer has no content",
            todo="open the address in a browser; if it shows text there, the page may need one",
        )
    media = re.split("[;,]", capture.headers.get("content-type", ""))[0].strip().lower()
    if (media and media not in _TEXTUAL) or _is_packed(capture) or _is_binary(body):
        return _not_text(capture.url, media)
    if len(body) > MAX_BYTES or body.count(b"<") > MAX_TAGS:
        return too_large(capture.url)
    text = decode(body, capture.headers.get("content-type", "")).replace("\0", "")  # a NUL would end the page for lxml
    markup = f"<main>{paragraphs(text)}</main>" if media == "text/plain" else text
    soup = tree(markup)
    if _deeper_than(soup, MAX_DEPTH):
        return Fault(
            reason=FaultReason.EXTRACTION,
            where=capture.url,
            what=f"the page nests its tags more than {MAX_DEPTH} deep",
            todo="look at the page: this is no ordinary text",
        )
    return soup


def too_large(url: str) -> Fault:
    """The fault of a page beyond our bounds."""
    return Fault(
        reason=FaultReason.TOO_LARGE,
        where=url,
        what="the page has more bytes, tags or text than may be read",
        todo="declare a smaller page",
    )


def paragraphs(text: str) -> str:
    """Plain text as HTML: what blank lines part is a paragraph, whose wrapped lines are joined."""
    chunks = re.split(r"\n[^\S\n]*\n", text)
    return "".join(f"<p>{html.escape(chunk)}</p>" for chunk in chunks if chunk.strip())


def _is_packed(capture: Capture) -> bool:
    return not _PACKINGS.isdisjoint(re.split(r"[\s,]+", capture.headers.get("content-encoding", "").lower()))


def _is_binary(body: bytes) -> bool:
    if body.startswith(_UTF16):
        return False
    head = body[:1024]
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    return head.lstrip().startswith(_MAGIC) or controls > max(8, len(head) // 20)


def _not_text(url: str, media: str) -> Fault:
    shown = media[:60] or "unknown"
    return Fault(
        reason=FaultReason.CONTENT_TYPE,
        where=url,
        what=f"the answer is no page of text (content type {shown})",
        todo="declare the address of an HTML version of this text",
    )


def _deeper_than(soup: Tag, limit: int) -> bool:
    level: list[Tag] = [soup]
    for _ in range(limit):
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
        if not level:
            return False
    return True
