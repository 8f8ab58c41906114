"""Filters: the public format's named filters, as steps over the parsed page. Foreign code is never run."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from crawler.declarations.declaration import Filter
from crawler.declarations.filtering import is_known
from crawler.declarations.patterns import compiled

TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "msclkid",
        "mc_eid",
        "dclid",
        "yclid",
        "wickedid",
        "oly_anon_id",
        "oly_enc_id",
        "_openstat",
        "vero_conv",
        "vero_id",
        "rb_clickid",
        "s_cid",
        "__s",
        "ml_subscriber",
        "ml_subscriber_hash",
        "_hsenc",
        "__hssc",
        "__hstc",
        "__hsfp",
        "hsCtaTracking",
        "mkt_tok",
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
        "utm_id",
    }
)
"""Query parameters that only follow readers around; removed when a filter names none itself."""

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def apply(filters: Sequence[Filter], soup: BeautifulSoup, url: str) -> tuple[str, ...]:
    """Run the known filters on the page, in order and in place; the names of the unknown are returned."""
    unknown = []
    for filter_ in filters:
        if is_known(filter_):
            _STEPS[filter_.name](soup, url, filter_)
        else:
            unknown.append(filter_.name)
    return tuple(dict.fromkeys(unknown))


def without_parameters(url: str, names: frozenset[str]) -> str:
    """The address without those query parameters; one that has none of them stays as it is, byte for byte.

    >>> without_parameters("https://example.org/a?x=1&gclid=7#top", TRACKING)
    'https://example.org/a?x=1#top'
    """
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return url
    kept = [(name, value) for name, value in pairs if name not in names]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _remove_query_params(soup: BeautifulSoup, url: str, given: Filter) -> None:
    names = frozenset(given.arguments) or TRACKING
    for tag in soup.select("a[href]"):
        tag["href"] = without_parameters(_joined(url, str(tag["href"])), names)


def _rewrite_urls(soup: BeautifulSoup, url: str, given: Filter) -> None:
    pattern = compiled(given.option("pattern"))
    for tag in soup.select(given.option("select") or "a[href]"):
        if tag.get("href"):
            tag["href"] = pattern.sub(given.option("replacement"), _joined(url, str(tag["href"])))


def _drop_links(soup: BeautifulSoup, _url: str, given: Filter) -> None:
    for tag in soup.select(", ".join(given.arguments) or "a"):
        del tag["href"]


def _remove_elements(soup: BeautifulSoup, _url: str, given: Filter) -> None:
    for tag in soup.select(", ".join(given.arguments)):
        tag.extract()


def _remove_if(soup: BeautifulSoup, url: str, given: Filter) -> None:
    for tag in soup.select(given.option("select")):
        if all(holds(tag, url) for holds in _conditions(soup, given)):
            tag.extract()


def _conditions(soup: BeautifulSoup, given: Filter) -> Iterator[Callable[[Tag, str], bool]]:
    """What must hold of an element for it to be removed; all that is given."""
    if text := given.option("text"):
        yield lambda tag, url: compiled(text).search(" ".join(tag.get_text(" ").split())) is not None
    if href := given.option("href"):
        yield lambda tag, url: compiled(href).search(_joined(url, str(tag.get("href") or ""))) is not None
    if has := given.option("has"):
        yield lambda tag, url: tag.select_one(has) is not None
    if lacks := given.option("lacks"):
        yield lambda tag, url: tag.select_one(lacks) is None
    if within := given.option("within"):
        inside = {id(tag) for holder in soup.select(within) for tag in holder.find_all(True)}
        yield lambda tag, url: id(tag) in inside


def _replace_text(soup: BeautifulSoup, _url: str, given: Filter) -> None:
    """Inside each run of text, not across elements."""
    pattern, replacement = compiled(given.option("pattern")), given.option("replacement")
    for holder in soup.select(given.option("select")) if given.option("select") else [soup]:
        for node in list(holder.find_all(string=True)):
            if type(node) is NavigableString and pattern.search(str(node)) is not None:
                node.replace_with(pattern.sub(replacement, str(node)))


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _convert_spaces(soup: BeautifulSoup, _url: str, _given: Filter) -> None:
    for node in soup.find_all(string=_SPACES):
        if type(node) is NavigableString:
            node.replace_with(_SPACES.sub(" ", node))


_STEPS: Mapping[str, Callable[[BeautifulSoup, str, Filter], None]] = MappingProxyType(
    {
        "removeQueryParams": _remove_query_params,
        "convertSpacesToStandard": _convert_spaces,
        "rewriteUrls": _rewrite_urls,
        "dropLinks": _drop_links,
        "removeElements": _remove_elements,
        "removeIf": _remove_if,
        "replaceText": _replace_text,
    }
)
