"""Suggestion: the selectors that pick, on a page as it is now, the text that was read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from crawler.declarations import Source
from crawler.extraction import filters
from crawler.extraction.cleaning import clean
from crawler.extraction.parsing import parse
from crawler.extraction.selection import remove
from crawler.faults import fault_of_page
from crawler.suggesting.likeness import Held, holdings, runs_of
from crawler.suggesting.naming import name_of
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

ENOUGH = 0.9
"""Share of the text that one element covers, from which no second one is looked for."""
WORTH = 0.05
"""Share of the text a further element must add."""
SOME = 0.2
"""Share of the text below which nothing is proposed: the page is another one."""
RIVAL = 0.8
"""Share of the best score below which another suggestion is not worth showing."""
LIKELY = 12
"""Elements that are named and looked at closely; those of the best likeness."""
CLOSELY = 4
"""Of those, how many are completed with what they lack."""
MOST = 3
"""Selectors of one suggestion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Selectors, in the order of the page.

    covered: share of the text of before that they pick. precise: share of what they pick that stood in it. Both 0 to 1,
    by runs of words.
    """

    select: tuple[str, ...]
    covered: float
    precise: float

    @property
    def score(self) -> float:
        """Harmonic mean of both, 0 to 1."""
        both = self.covered + self.precise
        return 2 * self.covered * self.precise / both if both else 0.0


def suggest(capture: Capture, text: str, source: Source, *, limit: int = 3) -> tuple[Suggestion, ...] | Fault:
    """Propose selectors for a page, best first; `text` is what was last read of it well.

    What the source removes stays removed. A Fault when the page cannot be read, or holds little of that text.
    """
    soup = parse(capture)
    if isinstance(soup, Fault):
        return soup
    fault = fault_of_page(capture, soup)
    if fault is not None:
        return fault
    filters.apply(source.filters, soup, capture.url)
    clean(soup, capture.url)
    remove(soup, source.remove)
    known = runs_of(text)
    held = holdings(soup, known)
    ranked = _ranked(soup, held, len(known))
    if not known or not ranked or held[id(ranked[0])].runs < SOME * len(known):
        return Fault(
            reason=FaultReason.EXTRACTION,
            where=capture.url,
            what="the page holds little of the text that was last read",
            todo="find where the text has moved and correct the declaration",
        )
    found = {suggestion.select: suggestion for suggestion in _suggestions(soup, ranked, held, len(known))}
    best = max(suggestion.score for suggestion in found.values())
    return tuple(one for one in found.values() if one.score >= RIVAL * best)[:limit]


def _ranked(soup: BeautifulSoup, held: Mapping[int, Held], size: int) -> list[Tag]:
    """The likeliest elements, best first; of those that hold the same, the one with the most lasting name."""
    tags = [tag for tag in soup.find_all(True) if tag.name != "html" and held.get(id(tag), Held()).runs > 0]
    tags.sort(key=lambda tag: -_score(held[id(tag)], size))
    likely = tags[:LIKELY]
    worth = {id(tag): _score(held[id(tag)], size) * (0.85 + 0.15 * name_of(soup, tag).lasting) for tag in likely}
    return sorted(likely, key=lambda tag: -worth[id(tag)])


def _suggestions(soup: BeautifulSoup, ranked: Sequence[Tag], held: Mapping[int, Held], size: int) -> list[Suggestion]:
    return [_suggestion(soup, _with_others(soup, tag, held, size), held, size) for tag in ranked[:CLOSELY]]


def _with_others(soup: BeautifulSoup, first: Tag, held: Mapping[int, Held], size: int) -> list[Tag]:
    """The element, and those beside it that hold what it lacks, in the order of the page."""
    taken = [first]
    while len(taken) < MOST and sum(held[id(tag)].runs for tag in taken) < ENOUGH * size:
        apart = [
            tag
            for tag in soup.find_all(True)
            if id(tag) in held and not any(_within(tag, one) or _within(one, tag) for one in taken)
        ]
        good = [tag for tag in apart if held[id(tag)].known >= 0.5 * held[id(tag)].total]
        best = max(good, key=lambda tag: (held[id(tag)].runs, -held[id(tag)].total), default=None)
        if best is None or held[id(best)].runs < WORTH * size:
            break
        taken.append(best)
    order = {id(tag): number for number, tag in enumerate(soup.find_all(True))}
    return sorted(taken, key=lambda tag: order[id(tag)])


def _suggestion(soup: BeautifulSoup, tags: Sequence[Tag], held: Mapping[int, Held], size: int) -> Suggestion:
    all_held = [held[id(tag)] for tag in tags]
    return Suggestion(
        select=tuple(name_of(soup, tag).selector for tag in tags),
        covered=min(1.0, sum(one.runs for one in all_held) / size),
        precise=sum(one.known for one in all_held) / max(1.0, sum(one.total for one in all_held)),
    )


def _within(tag: Tag, other: Tag) -> bool:
    return tag is other or any(parent is other for parent in tag.parents)


def _score(held: Held, size: int) -> float:
    covered, precise = min(1.0, held.runs / size), held.known / max(1.0, held.total)
    return 2 * covered * precise / (covered + precise) if covered + precise else 0.0
