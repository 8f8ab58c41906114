"""Killing: runs a piece of work in processes that are killed at random moments, until it gets to its end."""

import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkProcess

PATIENCE = 50
"""Processes that may finish before their kill, for each kill wanted; then the work is too short to be killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """How it went. kills: processes that were killed before their end; finished: those that came to it."""

    kills: int
    finished: int


def length(work: Callable[[], None]) -> float:
    """Seconds a process takes for the work when it is left alone. Raises AssertionError when the work fails."""
    began = time.monotonic()
    _undisturbed(work)
    return time.monotonic() - began


def killed(
    work: Callable[[], None], *, kills: int, within: float, chance: random.Random, patience: int = PATIENCE
) -> Killed:
    """Run the work again and again, killed at a random moment of its length, until so many kills have struck.

    Then once more undisturbed. patience: see PATIENCE. Raises AssertionError when the work fails by itself.
    """
    struck = finished = 0
    while struck < kills and finished < patience * kills:
        process = _started(work)
        process.join(chance.uniform(0, within))
        if process.exitcode is None:
            process.kill()
            process.join()
            struck += 1
        else:
            assert process.exitcode == 0, "the work failed"
            finished += 1
    _undisturbed(work)
    return Killed(kills=struck, finished=finished + 1)


def _undisturbed(work: Callable[[], None]) -> None:
    process = _started(work)
    process.join()
    assert process.exitcode == 0, "the work fails even undisturbed"


def _started(work: Callable[[], None]) -> ForkProcess:
    """A fork: what is imported need not be imported again, so that hundreds of kills take seconds."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    return process
