"""Handling: how the deliverer treats a channel, beyond sending to it."""

from dataclasses import dataclass
from datetime import timedelta

from alerts.times import Quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a channel is treated.

    quiet: hours in which nothing is sent to it. limit: alerts it takes in any `per`, 0 for any number; what is more
    is told together, see `gathered.Gathered.fold`.
    """

    quiet: Quiet | None = None
    limit: int = 0
    per: timedelta = timedelta(hours=1)


USUAL = Handling()
"""Send everything at any time."""
