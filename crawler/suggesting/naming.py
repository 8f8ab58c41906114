"""Naming: a selector that picks one element of a page, the more lasting the better."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from soupsieve import escape
from soupsieve import select as css_select

_MADE = re.compile(
    r"\d{3}|^(?:css|sc|jsx|svelte|emotion|astro)-|^_|__|--|[a-z][A-Z][a-z]?\d|\d[a-zA-Z]\d|^[a-f0-9]{6,}$"
)
"""What names made by a build tool look like: they change with the next build."""
_LANDMARKS = ("main", "article")
_STEPS_UP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A selector that matches exactly one element. lasting: how likely it is to outlive a redesign, 0 to 1."""

    selector: str
    lasting: float


def name_of(root: Tag, tag: Tag) -> Name:
    """The most lasting selector that picks that element alone of the page.

    >>> from bs4 import BeautifulSoup
    >>> page = BeautifulSoup('<div><p class="css-1x9">a</p><p class="css-1x9" id="terms">b</p></div>', "lxml")
    >>> name_of(page, page.select("p")[1]).selector
    '#terms'
    """
    found = (name for name in _names(root, tag) if _picks(root, name.selector, tag))
    return next(found, Name(selector=_path(root, tag), lasting=0.2))


def lasts(name: str) -> bool:
    """Whether an id or class was given by a person, as far as can be told.

    >>> [lasts(name) for name in ("policy-text", "css-19kz7", "c4a9d2", "content")]
    [True, False, False, True]
    """
    return len(name) > 1 and _MADE.search(name) is None


def _names(root: Tag, tag: Tag) -> Iterator[Name]:
    own = list(_own(tag))
    yield from own
    parent = tag.parent
    for step in range(1, _STEPS_UP):
        if parent is None or parent is root:
            return
        for above in _own(parent):
            for name in (*own, Name(selector=tag.name, lasting=0.7)):
                between = " > " if step == 1 else " "
                lasting = min(above.lasting, name.lasting) - 0.05 * step
                yield Name(selector=f"{above.selector}{between}{name.selector}", lasting=lasting)
        parent = parent.parent


def _own(tag: Tag) -> Iterator[Name]:
    """What the element may be called by itself, the most lasting first."""
    identity = str(tag.get("id") or "")
    if identity and lasts(identity):
        yield Name(selector=f"#{escape(identity)}", lasting=1.0)
    if tag.name in _LANDMARKS:
        yield Name(selector=tag.name, lasting=0.95)
    if tag.get("role") in {"main", "article"}:
        yield Name(selector=f'[role="{tag["role"]}"]', lasting=0.95)
    classes = [name for name in tag.get_attribute_list("class") if name and lasts(str(name))]
    for name in classes:
        yield Name(selector=f".{escape(str(name))}", lasting=0.8)
    for name in classes:
        yield Name(selector=f"{tag.name}.{escape(str(name))}", lasting=0.75)
    if tag.name == "body":
        yield Name(selector="body", lasting=0.6)


def _picks(root: Tag, selector: str, tag: Tag) -> bool:
    found = css_select(selector, root, limit=2)
    return len(found) == 1 and found[0] is tag


def _path(root: Tag, tag: Tag) -> str:
    """Its way down from the page's root, by numbers."""
    steps: list[str] = []
    node = tag
    while node is not root and node.parent is not None:
        alike = list(node.parent.find_all(node.name, recursive=False))
        number = next(index for index, child in enumerate(alike, 1) if child is node)
        steps.append(node.name if len(alike) == 1 else f"{node.name}:nth-of-type({number})")
        node = node.parent
    return " > ".join(reversed(steps))
