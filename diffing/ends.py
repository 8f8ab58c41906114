"""Ends: how much two sequences share where they begin and where they end."""

from collections.abc import Callable, Sequence


def equal_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many elements are equal at the start, and of the rest at the end. Both of one type: slices are compared.

    >>> equal_ends("abcab", "abab")
    (2, 2)
    """
    shorter = min(len(one), len(other))
    start = _longest(shorter, lambda low, high: one[low:high] == other[low:high])
    ones, others = len(one), len(other)
    backwards = _longest(
        shorter - start, lambda low, high: one[ones - high : ones - low] == other[others - high : others - low]
    )
    return start, backwards


def _longest(most: int, equal: Callable[[int, int], bool]) -> int:
    """The largest number up to `most` below which all is equal, halved towards: a slice is compared at once."""
    low, high = 0, most
    if equal(low, high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle
    return low
