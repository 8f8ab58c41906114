"""Cycles: how often Python looks for objects that hold on to each other and to which nothing else does."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 10_000
"""New objects between two looks, 14 times Python's own."""


@contextmanager
def seldom_collecting(after: int = SELDOM) -> Iterator[None]:
    """Look for cycles less often: what makes very many small objects spends a tenth of its time on that otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(after, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
