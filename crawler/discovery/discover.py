"""Discover: from the address of a site to its terms and its blog, in a bounded number of polite requests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from crawler.discovery.links import Guess, Link, guess, is_hub, links_of
from crawler.discovery.verify import Found, title_of_site, verified
from crawler.errors import DiscoveryError
from crawler.extraction.parsing import parse
from crawler.feeds import feed_address, feed_posts
from crawler.sitemaps import addresses, sitemap_lines
from crawler.sites import same_site
from crawler.spiders.pages import Page
from crawler.vocabulary import BLOG, Vocabulary, vocabulary
from diffing.capture import Capture
from diffing.fault import Fault

Fetch = Callable[[Sequence[Page]], Mapping[str, Capture | Fault]]
"""Fetches pages; by their addresses, what came of each."""

REQUESTS = 48
"""Requests for one site, robots.txt aside."""
HUBS, SITEMAPS, INDEXED, GUESSES, TRIED = 2, 2, 3, 2, 24
"""Pages that list terms; sitemaps, and those an index names; guesses read for each kind; well-known paths tried."""
PATHS = 4
"""Well-known paths of a kind in a language."""
LIKELY = 0.35
"""Score of a link from which well-known paths need not be tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found of a site: the likeliest page of each kind, best first; and what could not be read, for people."""

    name: str
    found: tuple[Found, ...]
    notes: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Search:
    """A search while it goes on."""

    start: str
    fetch: Fetch
    words: Vocabulary
    links: list[Link] = field(default_factory=list)
    hubs: list[str] = field(default_factory=list)
    came: dict[str, Capture | Fault] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    left: int = REQUESTS

    def get(self, urls: Iterable[str], *, robots: bool = True) -> dict[str, Capture]:
        """The pages at those addresses that could be read, as many as are still allowed; each is asked for once."""
        wanted = [url for url in dict.fromkeys(urls) if url not in self.came][: self.left]
        if wanted:
            self.left -= len(wanted)
            self.came.update(self.fetch([Page(url=url, robots=robots) for url in wanted]))
        found = ((url, self.came.get(url)) for url in dict.fromkeys(urls))
        return {url: one for url, one in found if isinstance(one, Capture)}

    def read(self, capture: Capture) -> BeautifulSoup | None:
        """The page as a tree, its links noted."""
        soup = parse(capture)
        if isinstance(soup, Fault):
            return None
        links = list(links_of(soup, capture.url))
        self.links += links
        self.hubs += [link.url for link in links if is_hub(link, self.words) and same_site(link.url, self.start)]
        return soup


def discover(start: str, fetch: Fetch) -> Discovery:
    """Find the terms and the blog of the site at an address.

    Looks at the page's links, its footer first, at pages that list terms, at the sitemaps robots.txt names and, for
    what is still missing, at well-known paths in the page's language and English; reads the likeliest pages of each
    kind to be sure. Raises DiscoveryError when the page itself cannot be read.
    """
    search = _Search(start=start, fetch=fetch, words=vocabulary())
    home = _home(search)
    soup = search.read(home)
    _hubs(search)
    _sitemaps(search)
    guesses = _guesses(search)
    _well_known(search, guesses, _language(soup))
    found = [one for kind in guesses if (one := _best(search, kind, guesses[kind])) is not None]
    blog = _blog(search, home, guesses.get(BLOG, []))
    ordered = sorted([*found, *([blog] if blog else [])], key=lambda one: -one.score)
    return Discovery(name=_name(home), found=tuple(_once(ordered)), notes=tuple(search.notes))


def _home(search: _Search) -> Capture:
    search.get([search.start])
    home = search.came[search.start]
    if isinstance(home, Fault):
        raise DiscoveryError(home.where[:200], home.what, "give the address of another page of the site")
    return home


def _hubs(search: _Search) -> None:
    for capture in search.get(list(dict.fromkeys(search.hubs))[:HUBS]).values():
        search.read(capture)


def _sitemaps(search: _Search) -> None:
    """Note the addresses of the site's sitemaps that speak of terms as links without words."""
    robots = urljoin(search.start, "/robots.txt")
    told = search.get([robots], robots=False)
    lines = sitemap_lines(told[robots]) if robots in told else ()
    maps = list(lines[:SITEMAPS]) or [urljoin(search.start, "/sitemap.xml")]
    inner: list[str] = []
    for _ in range(2):
        for capture in search.get(maps).values():
            listed = addresses(capture)
            if isinstance(listed, Fault):
                continue
            inner += [url for url, _ in listed if url.endswith((".xml", ".xml.gz"))]
            search.links += [
                Link(url=url, words="", place="sitemap")
                for url, _ in listed
                if same_site(url, search.start) and not url.endswith((".xml", ".xml.gz"))
            ]
        likely = [url for url in inner if any(word in url.casefold() for word in ("page", "legal", "misc", "static"))]
        maps = (likely or inner)[:INDEXED]


def _guesses(search: _Search) -> dict[str, list[Guess]]:
    """For each kind, what the links may lead to, best first; an address linked several ways counts its best."""
    found: dict[str, list[Guess]] = {}
    for kind in search.words.kinds:
        best: dict[str, Guess] = {}
        for link in search.links:
            one = guess(kind, link, search.start)
            if one is not None and (one.url not in best or one.score > best[one.url].score):
                best[one.url] = one
        # of equal guesses the shorter address: a policy rather than a page about it
        found[kind.name] = sorted(best.values(), key=lambda one: (-one.score, len(one.url)))
    return found


def _well_known(search: _Search, guesses: dict[str, list[Guess]], language: str) -> None:
    """Try well-known paths for the kinds no link speaks of."""
    missing = [kind for kind in search.words.kinds if not any(one.score >= LIKELY for one in guesses[kind.name])]
    tried = {
        urljoin(search.start, path): kind
        for turn in range(PATHS)
        for kind in missing
        for spoken in dict.fromkeys((language, "en"))
        for path in list(kind.paths.get(spoken, ()))[turn : turn + 1]
    }
    for url in search.get(list(tried)[:TRIED]):
        kind = tried[url]
        one = Guess(kind=kind.name, url=url, score=0.35, why=("at a well-known path",))
        guesses[kind.name].append(one)


def _best(search: _Search, kind_name: str, guesses: Sequence[Guess]) -> Found | None:
    """The surest page of a kind, of the likeliest guesses."""
    if kind_name == BLOG:
        return None
    kind = search.words.kind(kind_name)
    likely = sorted(guesses, key=lambda one: -one.score)[:GUESSES]
    pages = search.get([one.url for one in likely])
    found = []
    for one in likely:
        capture = pages.get(one.url)
        result = verified(one, capture, kind) if capture is not None else search.came.get(one.url)
        if isinstance(result, Fault):
            search.notes.append(f"{one.url}: likely {kind_name}, but {result.what}")
        elif isinstance(result, Found):
            found.append(result)
    return max(found, key=lambda one: one.score, default=None)


def _blog(search: _Search, home: Capture, guesses: Sequence[Guess]) -> Found | None:
    """The blog: a page that names a feed, with posts in it."""
    likely = [one for one in sorted(guesses, key=lambda one: -one.score)[:GUESSES] if one.score > 0]
    pages = search.get([one.url for one in likely])
    listed = [(one, pages[one.url]) for one in likely if one.url in pages]
    listed.append((Guess(kind=BLOG, url=home.url, score=0.3, why=("its first page names a feed",)), home))
    for one, capture in listed:
        feed = feed_address(capture)
        if isinstance(feed, Fault):
            continue
        came = search.get([feed]).get(feed)
        posts = feed_posts(came) if came is not None else None
        if isinstance(posts, tuple) and posts:
            why = (*one.why, f"a feed of {len(posts)} posts")
            return Found(kind=BLOG, url=capture.url, score=min(1.0, round(one.score + 0.3, 2)), why=why, feed=feed)
    return None


def _once(found: Sequence[Found]) -> Iterable[Found]:
    """Each page as the kind it is most likely."""
    seen: set[str] = set()
    for one in found:
        if one.url not in seen or one.kind == BLOG:
            seen.add(one.url)
            yield one


def _language(soup: BeautifulSoup | None) -> str:
    tag = soup.select_one("html[lang]") if soup is not None else None
    return str(tag["lang"])[:2].lower() if tag is not None else ""


def _name(home: Capture) -> str:
    """What the site is called: by itself, else by its domain."""
    host = (urlsplit(home.url).hostname or "").removeprefix("www.")
    return title_of_site(home) or host.partition(".")[0].capitalize()
