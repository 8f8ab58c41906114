"""Chain: the heaviest set of pairs that keep their order on both sides."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Pair(NamedTuple):
    """A place on the old side, the place on the new side it became, and how much that is worth."""

    old: int
    new: int
    weight: float = 1.0


def heaviest_chain(pairs: Iterable[Pair]) -> list[Pair]:
    """Of all sets of pairs that rise strictly on both sides, one whose weights sum highest, in order.

    The heaviest increasing subsequence, in O(n log n), with a Fenwick tree of best sums by new place. Equal sums are
    settled by order alone, so the same pairs give the same chain.

    >>> [pair[:2] for pair in heaviest_chain([Pair(0, 2, 5), Pair(1, 0, 1), Pair(2, 1, 1)])]
    [(0, 2)]
    """
    found = list(pairs)
    if _rising(found):
        return found
    ordered = sorted(found, key=lambda pair: (pair.old, -pair.new))
    if _rising(ordered):
        return ordered
    ranks = {new: rank for rank, new in enumerate(sorted({pair.new for pair in ordered}), start=1)}
    best = _BestBelow(len(ranks))
    sums: list[float] = []
    before: list[int] = []
    for at, pair in enumerate(ordered):
        weight, previous = best.below(ranks[pair.new])
        sums.append(weight + pair.weight)
        before.append(previous)
        best.put(ranks[pair.new], sums[at], at)
    return _back_from(max(range(len(ordered)), key=sums.__getitem__), ordered, before)


def _rising(pairs: list[Pair]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def _back_from(last: int, pairs: list[Pair], before: list[int]) -> list[Pair]:
    chain = []
    while last >= 0:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


class _BestBelow:
    """Fenwick tree: the heaviest chain so far that ends below a rank (from 1)."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def below(self, rank: int) -> tuple[float, int]:
        best = (0.0, -1)
        rank -= 1
        while rank > 0:
            if self._best[rank][0] > best[0]:
                best = self._best[rank]
            rank -= rank & -rank
        return best

    def put(self, rank: int, weight: float, at: int) -> None:
        while rank < len(self._best):
            if weight > self._best[rank][0]:
                self._best[rank] = (weight, at)
            rank += rank & -rank
