"""Lately: the report of the watch, looked at anew every few seconds at most: it reads all targets each time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from clausewatch.health.report import Report

FRESH: Final = timedelta(seconds=5)
"""How old a report may be when it is shown."""


class Lately:
    """Gives the report made last, or a new one. Whoever asks while one is being made waits for it."""

    def __init__(self, look: Callable[[], Report], now: Callable[[], datetime]) -> None:
        self._look = look
        self._now = now
        self._last: Report | None = None
        self._lock = Lock()

    def __call__(self) -> Report:
        """The report. Raises what looking raises, and then keeps nothing."""
        with self._lock:
            if self._last is None or abs(self._now() - self._last.at) >= FRESH:
                self._last = None
                self._last = self._look()
            return self._last
