"""Likeness: how much of a text each element of a page holds, by runs of words, in time proportional to the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag

from diffing.passages import passages

RUN = 3
"""Words of a run. Two are found everywhere, five are lost with every reworded clause."""

_WORD = re.compile(r"[^\W_]+")
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    }
)


@dataclass(slots=True, kw_only=True)
class Held:
    """What an element holds: `total` words, of which `known` stand in the text; `runs`: those of the text it holds."""

    total: float = 0
    known: float = 0
    runs: int = 0


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of words in a Markdown text, passage by passage; a shorter passage is a run of its own."""
    return frozenset(run for passage in passages(text) for run in _runs(passage.text))


def holdings(soup: BeautifulSoup, known: frozenset[tuple[str, ...]]) -> dict[int, Held]:
    """What each element of the page holds, itself and all inside it, by its id()."""
    held: dict[int, Held] = {}
    seen: set[tuple[str, ...]] = set()
    for block, words in _blocks(soup):
        runs = _runs(words)
        found = [run for run in runs if run in known]
        new = len(set(found) - seen)
        seen.update(found)
        count = len(_WORD.findall(words))
        for tag in (block, *block.parents):
            one = held.setdefault(id(tag), Held())
            one.total += count
            one.known += count * len(found) / len(runs) if runs else 0
            one.runs += new
    return held


def _runs(text: str) -> list[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < RUN:
        return [tuple(words)] if words else []
    return [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def _blocks(soup: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """The pieces of text of the page, each with the block element it stands in, in order."""
    holder: Tag | None = None
    words: list[str] = []
    for node in soup.descendants:
        if not isinstance(node, NavigableString) or node.isspace():
            continue
        parent = node.parent
        while parent is not None and parent.name in _INLINE:
            parent = parent.parent
        if parent is not holder and holder is not None:
            yield holder, "".join(words)
            words = []
        holder = parent
        words.append(node)
    if holder is not None:
        yield holder, "".join(words)
