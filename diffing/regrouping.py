"""Regrouping: one text cut into several, or several joined into one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from diffing.chain import Pair

INSIDE = 0.6
"""Least share of a piece's words that stand in the whole, in order. Tried 0.5 to 0.8 on real redlines (2026-11-25):
below, neighbours join that only share common words; above, a piece that was reworded falls off."""

WHOLE = 0.65
"""Least likeness of a whole to its pieces put together."""

MOST_PIECES = 24
"""Most pieces one text is cut into."""

MOST_COMPARED = 1_000
"""Pairs of texts compared in one gap; larger gaps are total rewrites, where nothing was cut."""

LONGEST = 5_000
"""Most words of a text that is looked at as a whole or a piece."""


class Group(NamedTuple):
    """Texts old[old:old_stop] that became new[new:new_stop]; on one side it is one text, on the other several."""

    old: int
    old_stop: int
    new: int
    new_stop: int


class _Found(NamedTuple):
    """A whole and its pieces, which are places in a row, and how alike they are."""

    score: float
    whole: int
    first: int
    stop: int


class Side(NamedTuple):
    """What one side looks like from the other: free places, and the words of a place, each as one character."""

    free: Sequence[int]
    coded: Callable[[int], str]


def regrouped(in_order: Sequence[Pair], alike: frozenset[tuple[int, int]], old: Side, new: Side) -> list[Group]:
    """Texts that were cut or joined, among the free ones and those paired by likeness alone; none crosses a pair.

    in_order: the pairs in order. alike: those of them that are paired by likeness; a group takes their place.
    """
    cut = [
        (found, Group(found.whole, found.whole + 1, found.first, found.stop))
        for found in _wholes(in_order, alike, old, new)
    ]
    turned = [Pair(new, old) for old, new, _ in in_order]
    joined = [
        (found, Group(found.first, found.stop, found.whole, found.whole + 1))
        for found in _wholes(turned, frozenset((j, i) for i, j in alike), new, old)
    ]
    chosen: list[Group] = []
    for _, group in sorted(cut + joined, key=lambda each: (-each[0].score, each[1])):
        if all(_apart(group, other) for other in chosen):
            chosen.append(group)
    return sorted(chosen)


def _apart(one: Group, other: Group) -> bool:
    """Whether two groups share nothing and do not cross."""
    return (one.old_stop <= other.old and one.new_stop <= other.new) or (
        other.old_stop <= one.old and other.new_stop <= one.new
    )


def _wholes(
    in_order: Sequence[Pair], alike: frozenset[tuple[int, int]], wholes: Side, pieces: Side
) -> Iterator[_Found]:
    """The best cut of each text that has one."""
    free = set(pieces.free)
    ends = [Pair(-1, -1), *in_order, Pair(max(wholes.free, default=-1) + 1, max(pieces.free, default=-1) + 1)]
    unpaired = iter(wholes.free)
    whole = next(unpaired, None)
    for before, pair in pairwise(ends):
        here = []
        while whole is not None and whole < pair.old:
            here.append(whole)
            whole = next(unpaired, None)
        between = [at for at in range(before.new + 1, pair.new) if at in free] if here else []
        if len(between) > 1 and len(here) * len(between) <= MOST_COMPARED:
            yield from (
                found for at in here if (found := _best(at, _runs(at, between, wholes, pieces), wholes, pieces))
            )
        if (pair.old, pair.new) in alike:
            around = _around(pair, free, wholes, pieces)
            if len(around) > 1 and (found := _best(pair.old, [around], wholes, pieces, paired=pair.new)):
                yield found


def _runs(whole: int, places: Sequence[int], wholes: Side, pieces: Side) -> list[range]:
    """Places in a row that stand inside the whole."""
    runs: list[range] = []
    for at in places:
        if _inside(wholes.coded(whole), pieces.coded(at)):
            if runs and runs[-1].stop == at and len(runs[-1]) < MOST_PIECES:
                runs[-1] = range(runs[-1].start, at + 1)
            else:
                runs.append(range(at, at + 1))
    return [run for run in runs if len(run) > 1]


def _around(pair: Pair, free: set[int], wholes: Side, pieces: Side) -> range:
    """The place paired by likeness, and the free ones beside it that stand inside the whole."""
    whole = wholes.coded(pair.old)
    first, stop = pair.new, pair.new + 1
    while first - 1 in free and stop - first < MOST_PIECES and _inside(whole, pieces.coded(first - 1)):
        first -= 1
    while stop in free and stop - first < MOST_PIECES and _inside(whole, pieces.coded(stop)):
        stop += 1
    return range(first, stop)


def _inside(whole: str, piece: str) -> bool:
    if not piece or len(piece) >= len(whole) or len(whole) > LONGEST:
        return False
    least = INSIDE * len(piece)
    return LCSseq.similarity(whole, piece, score_cutoff=ceil(least)) >= least


def _best(whole: int, runs: Sequence[range], wholes: Side, pieces: Side, *, paired: int | None = None) -> _Found | None:
    """The run whose texts put together are most like the whole, if they are more like it than any of them alone."""
    best: _Found | None = None
    for run in runs:
        found = _trimmed(wholes.coded(whole), run, pieces)
        keeps = paired is None or paired in found[1]
        if len(found[1]) > 1 and found[0] >= WHOLE and keeps and (best is None or found[0] > best.score):
            best = _Found(found[0], whole, found[1].start, found[1].stop)
    return best


def _trimmed(whole: str, run: range, pieces: Side) -> tuple[float, range]:
    """The run without texts at its ends that make it less like the whole."""
    score = _likeness(whole, run, pieces)
    while len(run) > 1:
        shorter = max(
            ((_likeness(whole, part, pieces), part) for part in (run[1:], run[:-1])), key=lambda each: each[0]
        )
        if shorter[0] < score:
            break
        score, run = shorter
    return score, run


def _likeness(whole: str, run: range, pieces: Side) -> float:
    return Indel.normalized_similarity(whole, "".join(map(pieces.coded, run)))
