"""Where lines begin on a page: what would be markup only there need not be escaped elsewhere."""

from bs4 import NavigableString, PageElement, Tag

_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    }
)
"""Elements in whose midst a line goes on."""
_MARKED = frozenset({"b", "strong", "i", "em", "del", "s", "q"})
"""Inline elements that become a mark before their words."""


def begins_line(node: PageElement) -> bool:
    """Whether nothing of its line stands before this piece of a page, not even a mark such as "**"."""
    while True:
        before = _before(node)
        if isinstance(before, Tag):
            return before.name not in _INLINE
        if before is not None:
            return False
        parent = node.parent
        if parent is None or parent.name not in _INLINE:
            return True
        if parent.name in _MARKED or (parent.name == "a" and parent.get("href")):
            return False
        node = parent


def _before(node: PageElement) -> PageElement | None:
    """The sibling before that is more than white space."""
    before = node.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before
