"""Pulse: whether the daemon's main thread still goes round."""

import threading
from datetime import datetime, timedelta

STILL = timedelta(minutes=10)
"""After so long without a round or a finished page, something hangs: a page that times out takes seconds."""


class Pulse:
    """When the main thread was last seen; told from there, asked from any other."""

    def __init__(self, now: datetime) -> None:
        self._lock = threading.Lock()
        self._last = now

    def beat(self, now: datetime) -> None:
        """The main thread is alive. A clock that was set back does not make the last beat a future one."""
        with self._lock:
            self._last = now

    def alive(self, now: datetime) -> bool:
        """Whether it was seen lately."""
        with self._lock:
            return abs(now - self._last) < STILL
