"""Tries: how often somebody showed a wrong token lately, so that guessing does not get far."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

MOST: Final = 10
"""Wrong tokens from one address within the window; then none is looked at, not even the right one."""
WINDOW: Final = timedelta(minutes=1)
REMEMBERED: Final = 4096
"""Addresses; whoever has so many more could guess for ages, and needs no more memory for it."""


class Tries:
    """The wrong tokens of the last minute by the address they came from; of this process, in memory."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def spent(self, address: str, now: datetime) -> bool:
        """Whether an address has tried too often to be listened to."""
        with self._lock:
            return len(self._lately(address, now)) >= MOST

    def wrong(self, address: str, now: datetime) -> None:
        """Take note of a wrong token."""
        with self._lock:
            self._wrong[address] = [*self._lately(address, now), now]
            self._wrong.move_to_end(address)
            while len(self._wrong) > REMEMBERED:
                self._wrong.popitem(last=False)

    def _lately(self, address: str, now: datetime) -> list[datetime]:
        return [at for at in self._wrong.get(address, ()) if abs(now - at) < WINDOW]
