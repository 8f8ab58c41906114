"""Fetching from an archive that asks for patience: waits as long as it says, gives up when that is too long."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.errors import HistoryError
from crawler.faults import fault_of_status
from crawler.spiders.pages import Page
from diffing.capture import Capture
from diffing.fault import Fault

Fetch = Callable[[Sequence[Page]], Mapping[str, Capture | Fault]]
"""Fetches pages; by their addresses, what came of each: an answer of any status, or why there is none."""

TRIES = 4
"""How often an archive that asks to wait is asked again."""
WAIT = 30.0
"""Seconds to wait when it does not say how long; doubled each time."""
LONGEST = 300.0
"""Seconds; when it asks for more, the import stops and is gone on with later."""
BUSY = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Asks an archive for pages, and waits when it says so.

    sleep: waits so many seconds. pause: seconds between two rounds of fetching. now: the clock, aware UTC.
    """

    fetch: Fetch
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    pause: float = 0.0

    def one(self, url: str) -> Capture:
        """The page at an address. Raises HistoryError when it does not come."""
        found = self.many([url])[url]
        if isinstance(found, Fault):
            raise HistoryError(found.where, found.what, "run the import again to go on")
        return found

    def many(self, urls: Sequence[str]) -> dict[str, Capture | Fault]:
        """The pages at addresses; a Fault for one the archive has lost.

        Raises HistoryError when the archive cannot be reached or asks for too much patience.
        """
        came: dict[str, Capture | Fault] = {}
        for attempt in range(TRIES):
            left = [url for url in urls if url not in came]
            if not left:
                return came
            # the interface is made for programs; robots.txt speaks of its pages for people
            found = self.fetch([Page(url=url, accept="*/*", robots=False, raw=True) for url in left])
            self.sleep(self.pause)
            busy = [one for one in found.values() if isinstance(one, Capture) and one.status in BUSY]
            came |= {url: _judged(one) for url, one in found.items() if one not in busy}
            if not busy:
                return came
            if attempt + 1 < TRIES:
                self.sleep(self._wait(busy, attempt))
        raise HistoryError(busy[0].url[:200], f"too busy (status {busy[0].status})", "run the import again to go on")

    def _wait(self, busy: Sequence[Capture], attempt: int) -> float:
        """How many seconds to wait. Raises HistoryError when that is too long."""
        asked = max(_seconds(one.headers.get("retry-after", ""), self.now()) for one in busy)
        if asked > LONGEST:
            raise HistoryError(
                busy[0].url[:200], f"asks to wait {asked:.0f} s", "run the import again then; it goes on where it was"
            )
        return asked or WAIT * 2**attempt


def _judged(found: Capture | Fault) -> Capture | Fault:
    if isinstance(found, Fault):
        raise HistoryError(found.where[:200], found.what, "run the import again to go on")
    return fault_of_status(found) or found


def _seconds(value: str, now: datetime) -> float:
    """What a Retry-After header says; 0 when it says nothing that can be read.

    >>> _seconds("120", datetime(2025, 1, 1, tzinfo=UTC))
    120.0
    """
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return 0.0
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0.0, (moment - now).total_seconds())
