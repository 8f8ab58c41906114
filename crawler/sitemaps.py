"""Sitemaps: the addresses a site lists for robots. Pure; entities and bombs are refused."""

import gzip
import io
import re
import zlib
from collections.abc import Sequence

from lxml import etree

from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

MAX_BYTES = 20_000_000
"""Unpacked; the protocol allows 50 MB, but a listing is read for a few addresses of it."""
MAX_ADDRESSES = 50_000

_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_OF_POSTS = re.compile(r"post|blog|news|article|actualit|press", re.IGNORECASE)
_PARSER = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": False}


def sitemap_lines(robots: Capture) -> tuple[str, ...]:
    """The addresses after `Sitemap:` in a robots.txt."""
    text = robots.body[:512_000].decode("utf-8-sig", "replace")
    return tuple(dict.fromkeys(_SITEMAP_LINE.findall(text)))


def addresses(capture: Capture) -> tuple[tuple[str, str], ...] | Fault:
    """The addresses of a sitemap with when each was changed ("" where it does not say); of an index, other sitemaps.

    Also a sitemap that is plain text, an address a line. A Fault for what is none.
    """
    body = _unpacked(capture.body)
    if body is None:
        return _bad(capture, FaultReason.TOO_LARGE, f"the sitemap has more than {MAX_BYTES // 1_000_000} MB")
    if not body.lstrip().startswith(b"<"):
        lines = body.decode("utf-8-sig", "replace").split()
        found = tuple((line, "") for line in lines[:MAX_ADDRESSES] if line.startswith(("http://", "https://")))
        return found or _bad(capture, FaultReason.BAD_FEED, "the answer is no sitemap")
    if b"<!DOCTYPE" in body[:2000] or b"<!ENTITY" in body:
        return _bad(capture, FaultReason.BAD_FEED, "the sitemap has a document type, which none needs")
    return _read(capture, body)


def of_posts(listed: Sequence[tuple[str, str]]) -> str | None:
    """Of an index, the sitemap that most likely lists posts: by its name, then last changed; None when it is no index.

    >>> of_posts((("https://a.example/page-sitemap.xml", ""), ("https://a.example/post-sitemap.xml", "")))
    'https://a.example/post-sitemap.xml'
    >>> of_posts((("https://a.example/blog/1", ""),)) is None
    True
    """
    if not listed or not all(url.endswith((".xml", ".xml.gz")) for url, _ in listed):
        return None
    return max(listed, key=lambda one: (_OF_POSTS.search(one[0]) is not None, one[1]))[0]


def _read(capture: Capture, body: bytes) -> tuple[tuple[str, str], ...] | Fault:
    found: list[tuple[str, str]] = []
    try:
        for _, node in etree.iterparse(io.BytesIO(body), events=("end",), tag=("{*}url", "{*}sitemap"), **_PARSER):
            location = (node.findtext("{*}loc") or "").strip()
            if location:
                found.append((location, (node.findtext("{*}lastmod") or "").strip()))
            node.clear()
            if len(found) >= MAX_ADDRESSES:
                break
    except (etree.XMLSyntaxError, ValueError):
        return _bad(capture, FaultReason.BAD_FEED, "the sitemap is no XML")
    return tuple(found) if found else _bad(capture, FaultReason.BAD_FEED, "the sitemap lists no address")


def bad_index(capture: Capture) -> Fault:
    """The fault of an index of sitemaps where posts were expected."""
    return _bad(capture, FaultReason.BAD_FEED, "the sitemap lists other sitemaps and no posts")


def _unpacked(body: bytes) -> bytes | None:
    """The sitemap as it is; None when it is too large."""
    if not body.startswith(b"\x1f\x8b"):
        return body if len(body) <= MAX_BYTES else None
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            unpacked = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        return b""
    return unpacked if len(unpacked) <= MAX_BYTES else None


def _bad(capture: Capture, reason: FaultReason, what: str) -> Fault:
    return Fault(reason=reason, where=capture.url, what=what, todo="declare the pages themselves")
