"""Wait: until when a site, or an address, is not to be asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A place that is not to be asked before a moment.

    place: a host (with its port where the address gives one), or a whole address. until: aware, UTC.
    failures: how many answers in a row have asked for patience, at least 1.
    """

    place: str
    until: datetime
    failures: int
