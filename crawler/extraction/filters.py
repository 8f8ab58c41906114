"""Filters: the public format's named filters, as steps over the parsed page. Foreign code is never run."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup, NavigableString

from crawler.declarations.declaration import Filter

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
        step = _FILTERS.get(filter_.name)
        if step is None:
            unknown.append(filter_.name)
        else:
            step(soup, url, filter_.arguments)
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


def _remove_query_params(soup: BeautifulSoup, url: str, arguments: Sequence[str]) -> None:
    names = frozenset(arguments) or TRACKING
    for tag in soup.select("a[href]"):
        tag["href"] = without_parameters(_joined(url, str(tag["href"])), names)


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _convert_spaces(soup: BeautifulSoup, _url: str, _arguments: Sequence[str]) -> None:
    for node in soup.find_all(string=_SPACES):
        if type(node) is NavigableString:
            node.replace_with(_SPACES.sub(" ", node))


_FILTERS: Mapping[str, Callable[[BeautifulSoup, str, Sequence[str]], None]] = MappingProxyType(
    {"removeQueryParams": _remove_query_params, "convertSpacesToStandard": _convert_spaces}
)
