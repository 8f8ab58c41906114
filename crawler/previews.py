"""Previews: links of a page to terms that are to come, as banners of publishers announce them. Pure."""

import re
from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup, Tag

from crawler.sites import same_site
from crawler.vocabulary import BLOG, Vocabulary, fold, segments, vocabulary

LONGEST = 200
"""Characters of a link's words; longer ones are no announcement."""
MOST = 3_000
"""Links of a page that are looked at."""
_YEAR = re.compile(r"20[2-9]\d")


def previews(soup: BeautifulSoup, url: str) -> tuple[str, ...]:
    """The addresses of terms to come that a cleaned page links to, in order, each once; `url` is the page's own.

    Precision matters: a link to the privacy policy that calls it new is none. Either its words or its address must say
    that it is yet to come, and that it is terms of some kind.
    """
    known = vocabulary()
    kinds = [kind for kind in known.kinds if kind.name != BLOG]
    found: dict[str, None] = {}
    for target, words in _links(soup):
        if not _is_coming(words, target, known) or target == url or not same_site(target, url):
            continue
        parts = set(segments(target))
        if any(parts & kind.address or kind.pattern.search(words) for kind in kinds):
            found[target] = None
    return tuple(found)


def _is_coming(words: str, target: str, known: Vocabulary) -> bool:
    if any(part in target for part in known.preview_address) and known.preview_address & set(segments(target)):
        return True
    if known.preview_words.search(words):
        return True
    return known.preview_maybe.search(words) is not None and _YEAR.search(target) is not None


def _links(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Web addresses without their fragments, and the words they are linked by."""
    links = (tag for tag in soup.descendants if isinstance(tag, Tag) and tag.name == "a" and "href" in tag.attrs)
    for tag in islice(links, MOST):
        target = str(tag["href"]).partition("#")[0]
        words = tag.get_text(" ")
        if target.startswith(("http://", "https://")) and len(words) <= LONGEST:
            yield target, fold(words)
