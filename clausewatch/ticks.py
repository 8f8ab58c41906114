"""Ticks: what the daemon's main thread waits for."""

from enum import Enum
from queue import Empty, SimpleQueue


class Tick(Enum):
    """Why it wakes."""

    LOOK = "look"
    """It is time to ask what is due."""
    RELOAD = "reload"
    """The configuration is to be read again."""


class Ticks:
    """A queue that signal handlers and other threads put things into, and the main thread takes from."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Tick | Exception] = SimpleQueue()

    def put(self, tick: Tick | Exception) -> None:
        """Wake the main thread: for something to do, or for an error that ends it. Never blocks."""
        self._queue.put(tick)

    def taken(self, *, wait: bool) -> frozenset[Tick]:
        """What has come since last time; many of a kind are one. wait: until there is something.

        Raises the first error that was put.
        """
        found = [self._queue.get()] if wait else []
        while True:
            try:
                found.append(self._queue.get_nowait())
            except Empty:
                break
        for tick in found:
            if isinstance(tick, Exception):
                raise tick
        return frozenset(tick for tick in found if isinstance(tick, Tick))
