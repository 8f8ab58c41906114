"""Ends: how much two sequences share where they begin and where they end."""

from collections.abc import Sequence
from itertools import islice


def equal_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many elements are equal at the start, and of the rest at the end.

    >>> equal_ends("abcab", "abab")
    (2, 2)
    """
    shorter = min(len(one), len(other))
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    backwards = islice(zip(reversed(one), reversed(other), strict=False), shorter - start)
    return start, next((at for at, (a, b) in enumerate(backwards) if a != b), shorter - start)
