"""Making a parsed page safe and steady to convert: absolute links, no scripts, no layout tables. In place."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawler.extraction.normalising import without_controls
from crawler.extraction.parsing import paragraphs
from crawler.extraction.tree import tree

LIVE = frozenset({"http", "https", "mailto"})
"""Schemes a link keeps; any other, such as javascript: or data:, leaves only the link's words."""
MAX_ADDRESS = 2_000
"""Characters; a longer link target is dropped. Trackers reach 1,500."""

_NO_TEXT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "title",
        "meta",
        "link",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "select",
        "input",
        "textarea",
        "math",
    }
)
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def clean(soup: BeautifulSoup, url: str) -> None:
    """Drop what is no text, make links absolute and harmless, unwrap what only lays out. `url` is the page's own."""
    nodes = list(soup.descendants)
    base = _base(nodes, url)
    for node in nodes:
        if isinstance(node, Tag):
            _clean_tag(node, base)
        elif isinstance(node, PreformattedString):  # comments, doctypes, processing instructions
            node.extract()
        elif isinstance(node, NavigableString) and (plain := without_controls(node)) != node:
            node.replace_with(plain)
    soup.smooth()  # what was unwrapped leaves its words in pieces


def _clean_tag(tag: Tag, base: str) -> None:
    name = tag.name
    if name in _NO_TEXT:
        tag.extract()
    elif name in _CODE:
        tag.unwrap()
    elif name == "a":
        _link(tag, base)
    elif name == "pre":
        _unwrap_preformatted(tag)
    elif name == "ol":
        _number(tag)
    elif name == "table":
        _table(tag)
    if "data-cfemail" in tag.attrs:
        _unprotect(tag)


def title_of(soup: BeautifulSoup) -> str:
    """The page's own title, on one line, at most 300 characters; "" when it has none. Ask before `clean`."""
    title = soup.title
    return " ".join(title.get_text().split())[:300] if title else ""


def is_layout(table: Tag) -> bool:
    """Whether a table only lays out: it holds another one, says so, or never has two cells in a row."""
    if table.get("role") in {"presentation", "none"} or table.find("table") is not None:
        return True
    return all(len(row.find_all(["td", "th"], recursive=False, limit=2)) < 2 for row in table.find_all("tr"))


def _base(nodes: Iterable[PageElement], url: str) -> str:
    for tag in nodes:
        if isinstance(tag, Tag) and tag.name == "base" and "href" in tag.attrs:
            return _absolute(url, str(tag["href"])) or url
    return url


def _link(tag: Tag, base: str) -> None:
    target = _absolute(base, str(tag.get("href", "")))
    if target is None:
        del tag["href"]
    else:
        tag["href"] = target
    del tag["title"]


def _absolute(base: str, href: str) -> str | None:
    """The address a link leads to, or None when it is none we let live."""
    href = _CONTROL.sub(lambda found: "%20" if found[0] == " " else "", href.strip())
    if not href or len(href) > MAX_ADDRESS:
        return None
    try:
        target = urljoin(base, href)
        scheme = urlsplit(target).scheme.lower()
    except ValueError:  # such as "https://[not-an-address"
        return None
    return target.replace("(", "%28").replace(")", "%29") if scheme in LIVE else None


def _unprotect(tag: Tag) -> None:
    """Write out a mail address that Cloudflare hides behind a key that differs at every load."""
    code = str(tag["data-cfemail"])
    if re.fullmatch(r"(?:[0-9a-fA-F]{2}){2,200}", code) is None:
        return
    key, *rest = bytes.fromhex(code)
    address = bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
    tag.string = address
    if tag.name == "a":
        tag["href"] = f"mailto:{address}"


def _unwrap_preformatted(tag: Tag) -> None:
    inner = tree(f"<div>{paragraphs(tag.get_text())}</div>").div
    if inner is not None:
        tag.replace_with(inner.extract())


def _table(table: Tag) -> None:
    """Unwrap a table that only lays out; mark the first row of another, for its heading."""
    if is_layout(table):
        _unwrap_table(table)
    elif isinstance(row := table.find("tr"), Tag):
        row["data-first"] = ""


def _unwrap_table(table: Tag) -> None:
    for tag in table.find_all(["tr", "td", "th", "tbody", "thead", "tfoot", "caption"]):
        if tag.find_parent("table") is table:
            tag.name = "div"
    table.name = "div"


def _number(tag: Tag) -> None:
    """Write each item's number on it, so that conversion need not count its siblings."""
    start = str(tag.get("start", "1"))
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
    for item in tag.find_all("li", recursive=False):
        item["data-number"] = str(number)
        number += 1
