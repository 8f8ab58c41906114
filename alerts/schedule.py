"""Schedule: when a delivery that failed is tried again. Pure; the jitter comes from the delivery's own name."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

DELAYS: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Time before the first, second … attempt, as Standard Webhooks 1.0.0 proposes: some 75 hours in all."""
JITTER: Final = 0.2
"""Largest share of a delay that is added to it, so that what failed together does not come back together."""
LONGEST_WAIT: Final = timedelta(days=1)
"""The longest Retry-After that is obeyed; a receiver cannot silence us for a year."""


def next_attempt(now: datetime, attempts: int, name: str, retry_after: timedelta | None = None) -> datetime | None:
    """Say when to try again after `attempts` attempts have failed; None when that was the last.

    name: of the delivery; the same name and attempt give the same jitter. A receiver's Retry-After is the least wait.

    >>> from datetime import UTC
    >>> noon = datetime(2025, 11, 3, 12, tzinfo=UTC)
    >>> 5 <= (next_attempt(noon, 1, "evt_1") - noon).total_seconds() < 6
    True
    >>> next_attempt(noon, 10, "evt_1") is None
    True
    """
    if attempts >= len(DELAYS):
        return None
    delay = DELAYS[attempts] * (1 + JITTER * _share(f"{name} {attempts}"))
    return now + max(delay, min(retry_after or timedelta(0), LONGEST_WAIT))


def _share(text: str) -> float:
    """A number from 0 up to 1 that looks random and is always the same for the same text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
