"""Links of a page, with where on it they stand; and the first guess of what each leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.extraction.filters import TRACKING, without_parameters
from crawler.sites import same_site
from crawler.vocabulary import BLOG, Kind, Vocabulary, fold, segments

MOST = 3_000
"""Links of a page that are looked at."""

_FOOT = "footer, [role=contentinfo], [id*=footer i], [class*=footer i]"
_HEAD = "header, nav, [role=banner], [role=navigation]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link: its absolute address, its folded words, and where it stands: "footer", "header" or "page"."""

    url: str
    words: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What an address may lead to. score: 0 to 1. why: the reasons, for people."""

    kind: str
    url: str
    score: float
    why: tuple[str, ...]


def links_of(soup: BeautifulSoup, base: str) -> Iterator[Link]:
    """The links of a page, in order; http and https only."""
    foot, head = _inside(soup, _FOOT), _inside(soup, _HEAD)
    for tag in soup.select("a[href]", limit=MOST):
        url = address(base, str(tag["href"]))
        if url is not None:
            place = "footer" if id(tag) in foot else "header" if id(tag) in head else "page"
            words = tag.get_text(" ") or str(tag.get("aria-label") or tag.get("title") or "")
            yield Link(url=url, words=fold(words[:300]), place=place)


def address(base: str, href: str) -> str | None:
    """Where a link leads, without fragment and tracking parameters; None when it is no web address."""
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return without_parameters(url, TRACKING) if parts.scheme in {"http", "https"} and parts.hostname else None


def guess(kind: Kind, link: Link, site: str) -> Guess | None:
    """What a link says about being of that kind; None when it says nothing."""
    score, why = 0.0, []
    if link.words in kind.words:
        score, why = 0.4, [f'linked as "{link.words}"']
    elif len(link.words) <= 80 and (match := kind.pattern.search(link.words)):
        score, why = 0.25, [f'its link speaks of "{match[0]}"']
    parts = segments(link.url)
    named = next((part for part in reversed(parts) if part in kind.address), "")
    if named:
        score += 0.2 if parts[-1] == named else 0.12
        why.append(f'"{named}" in its address')
    if not why:
        return None
    if link.place == "footer":
        score, why = score + 0.1, [*why, "in the footer"]
    elif link.place == "header":
        score += 0.05
    if not same_site(link.url, site):
        score, why = score - 0.4, [*why, "on another site"]
    if kind.name != BLOG and {"blog", "news", "help", "support"} & set(parts[:-1]):
        score -= 0.2
    return Guess(kind=kind.name, url=link.url, score=score, why=tuple(why))


def is_hub(link: Link, words: Vocabulary) -> bool:
    """Whether a link leads to a page that lists the site's terms."""
    parts = segments(link.url)
    return link.words in words.hub_words or (bool(parts) and parts[-1] in words.hub_address)


def _inside(soup: BeautifulSoup, selector: str) -> set[int]:
    return {id(tag) for holder in soup.select(selector) for tag in holder.find_all("a") if isinstance(tag, Tag)}
