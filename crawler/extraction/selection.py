"""Selecting and removing parts of a parsed page: CSS selectors, and ranges between two elements."""

import copy
from collections.abc import Sequence

from bs4 import PageElement, Tag
from soupsieve import select as css_select
from soupsieve import select_one

from crawler.declarations.declaration import Range, Selector


def select(root: Tag, selector: Selector) -> list[Tag]:
    """What the selector picks, in document order; empty when it matches nothing. The page stays as it is.

    A match inside another match is not picked twice. Of a range, one element is returned: a copy of the smallest
    element that holds both ends, without what stands before and after.
    """
    if isinstance(selector, Range):
        return _select_range(root, selector)
    matches = css_select(selector, root)
    known = {id(match) for match in matches}
    return [match for match in matches if not any(id(parent) in known for parent in match.parents)]


def remove(root: Tag, selectors: Sequence[Selector]) -> None:
    """Take out of the page, in place, what the selectors match; a selector without a match does nothing."""
    ranges = [(selector, _ends(root, selector)) for selector in selectors if isinstance(selector, Range)]
    for selector in selectors:
        if not isinstance(selector, Range):
            for match in css_select(selector, root):
                match.extract()
    for selector, ends in ranges:
        if ends is not None and all(_top(end) is root for end in ends):
            _delete(*ends, after_start=selector.after_start, after_end=selector.after_end)


def _ends(root: Tag, selector: Range) -> tuple[Tag, Tag] | None:
    """The elements a range stands between, or None when one is missing or nothing stands between them."""
    start, end = select_one(selector.start, root), select_one(selector.end, root)
    if start is None or end is None or _position(end) < _position(start):
        return None
    if start is end and (selector.after_start or not selector.after_end):
        return None
    if selector.after_start and any(parent is start for parent in end.parents):
        return None
    return start, end


def _position(tag: Tag) -> tuple[int, ...]:
    """Where it stands: its index among its siblings at each level, outermost first."""
    steps = []
    node = tag
    while node.parent is not None:
        steps.append(node.parent.index(node))
        node = node.parent
    return tuple(reversed(steps))


def _select_range(root: Tag, selector: Range) -> list[Tag]:
    ends = _ends(root, selector)
    if ends is None:
        return []
    start, end = (_position(tag) for tag in ends)
    shared = next((i for i, (a, b) in enumerate(zip(start, end, strict=False)) if a != b), min(len(start), len(end)))
    shared = min(shared, len(start) - 1, len(end) - 1)
    holder = copy.copy(_at(_top(root), start[:shared]))
    first, last = _at(holder, start[shared:]), _at(holder, end[shared:])
    _cut_after(holder, last, drop=not selector.after_end)
    _cut_before(holder, first, drop=selector.after_start)
    return [holder]


def _top(tag: Tag) -> Tag:
    while tag.parent is not None:
        tag = tag.parent
    return tag


def _at(tag: Tag, path: Sequence[int]) -> Tag:
    for step in path:
        child = tag.contents[step]
        assert isinstance(child, Tag)  # the path of an element leads through elements
        tag = child
    return tag


def _cut_before(holder: Tag, first: Tag, *, drop: bool) -> None:
    node = first
    while node is not holder:
        for sibling in list(node.previous_siblings):
            sibling.extract()
        parent = node.parent
        assert parent is not None  # `first` is inside `holder`
        if drop and node is first:
            node.extract()
        node = parent


def _cut_after(holder: Tag, last: Tag, *, drop: bool) -> None:
    node = last
    while node is not holder:
        for sibling in list(node.next_siblings):
            sibling.extract()
        parent = node.parent
        assert parent is not None  # `last` is inside `holder`
        if drop and node is last:
            node.extract()
        node = parent


def _delete(start: Tag, end: Tag, *, after_start: bool, after_end: bool) -> None:
    around_end = {id(parent) for parent in end.parents}
    node: PageElement | None = _after(start) if after_start else start
    while node is not None and node is not end:
        if id(node) in around_end and isinstance(node, Tag):
            node = node.contents[0]
        else:
            following = _after(node)
            node.extract()
            node = following
    if node is end and after_end:
        end.extract()


def _after(node: PageElement) -> PageElement | None:
    """What follows in the document, after everything inside the node."""
    while node.next_sibling is None:
        if node.parent is None:
            return None
        node = node.parent
    return node.next_sibling
