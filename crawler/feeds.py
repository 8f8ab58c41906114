"""Listings of posts: RSS and Atom feeds, index pages, and the feed an index page names. Pure."""

import calendar
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser

from crawler.extraction.decoding import decode
from crawler.extraction.filters import TRACKING, without_parameters
from crawler.extraction.parsing import parse
from crawler.extraction.tree import tree
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

NEWEST = 30
"""Posts of a listing that are looked at: its newest. Feeds hold 10 to 50."""
MAX_TAGS = 100_000
"""A feed with more tags is refused; reading takes about 60 µs a tag, and the largest feed seen has 9,000."""

ACCEPT = "application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.5"

_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_FEED_LINK = 'link[rel~="alternate" i]:is([type="application/rss+xml" i], [type="application/atom+xml" i])'


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as its listing names it.

    url: without fragment and tracking parameters. published: ISO 8601, "" when the listing does not say.
    content: its full text in HTML, when the feed carries it.
    """

    url: str
    title: str = ""
    published: str = ""
    content: str = ""


def feed_posts(capture: Capture) -> tuple[Post, ...] | Fault:
    """The newest posts of an RSS or Atom feed, newest first; undated ones stand as in the feed, after the dated.

    A Fault when it is no feed, defines entities of its own, or is too large.
    """
    if capture.body.count(b"<") > MAX_TAGS:
        return _bad(capture, FaultReason.TOO_LARGE, f"the feed has more than {MAX_TAGS:,} tags")
    text = decode(capture.body, capture.headers.get("content-type", ""))
    if _ENTITIES.search(text):
        return _bad(capture, FaultReason.BAD_FEED, "the feed defines entities of its own, which no feed needs")
    # as a stream: feedparser takes text for an address or a file name and would open it
    parsed = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), response_headers=_HEADERS)
    if not parsed.version:
        return _bad(capture, FaultReason.BAD_FEED, "the answer is neither RSS nor Atom")
    posts: dict[str, Post] = {}
    for entry in parsed.entries:
        post = _post(entry, capture.url)
        if post is not None:
            posts.setdefault(post.url, post)
    return tuple(sorted(posts.values(), key=lambda post: post.published, reverse=True)[:NEWEST])


def index_posts(capture: Capture, selector: str) -> tuple[Post, ...] | Fault:
    """The first posts an index page links to, by the CSS selector of the links, as they stand on the page."""
    soup = parse(capture)
    if isinstance(soup, Fault):
        return soup
    posts: dict[str, Post] = {}
    for tag in soup.select(selector):
        url = _address(capture.url, str(tag.get("href") or ""))
        if url is not None:
            posts.setdefault(url, Post(url=url, title=" ".join(tag.get_text(" ").split())[:300]))
    if not posts:
        return _bad(capture, FaultReason.EXTRACTION, f'no link of the index page matches "{selector}"')
    return tuple(posts.values())[:NEWEST]


def sitemap_posts(listed: Sequence[tuple[str, str]], capture: Capture, *, below: str) -> tuple[Post, ...] | Fault:
    """The newest posts of a sitemap: addresses below that of the blog, last changed first, undated ones after them.

    listed: its addresses with when each was changed. below: the blog's page; "" takes all addresses.
    """
    root = below.rstrip("/") + "/" if below else ""
    posts: dict[str, Post] = {}
    for url, changed in listed:
        address = _address(capture.url, url)
        if address is not None and address.startswith(root) and address != root and not address.endswith(".xml"):
            posts.setdefault(address, Post(url=address, published=changed))
    if not posts:
        what = f"the sitemap lists no page below {below or 'the site'}"
        return Fault(reason=FaultReason.BAD_FEED, where=capture.url, what=what, todo="declare the sitemap of its posts")
    return tuple(sorted(posts.values(), key=lambda post: post.published, reverse=True)[:NEWEST])


def feed_address(capture: Capture) -> str | Fault:
    """The address of the feed a page names in its head."""
    soup = parse(capture)
    if isinstance(soup, Fault):
        return soup
    tag = soup.select_one(_FEED_LINK)
    url = _address(capture.url, str(tag.get("href") or "")) if tag else None
    return url or _bad(capture, FaultReason.BAD_FEED, "the page names no feed")


_HEADERS: Mapping[str, str] = {"content-type": "application/xml; charset=utf-8"}


def _post(entry: Any, base: str) -> Post | None:
    url = _address(base, str(entry.get("link") or ""))
    if url is None:
        return None
    content = next((part.get("value", "") for part in entry.get("content", ())), "")
    title = tree(str(entry.get("title", ""))).get_text(" ")
    return Post(url=url, title=" ".join(title.split())[:300], published=_published(entry), content=str(content))


def _published(entry: Any) -> str:
    # the plain dict: feedparser's own `get` answers "updated" with "published", and warns that it will not for long
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    if moment is None:
        return ""
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _address(base: str, href: str) -> str | None:
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return without_parameters(url, TRACKING) if href.strip() and scheme in {"http", "https"} else None


def _bad(capture: Capture, reason: FaultReason, what: str) -> Fault:
    return Fault(reason=reason, where=capture.url, what=what, todo="correct the blog's declaration")
