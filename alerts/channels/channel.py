"""Channel: one way to tell somebody, as the deliverer sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alerts.delivery import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The receiver took it.

    detail: its answer in a few words, without secrets: "HTTP 204". warning: what its owner should see to all the same,
    e.g. that a template of theirs was not used; "" when all is well.
    """

    detail: str
    warning: str = ""


class Channel(Protocol):
    """Somewhere alerts go. Every implementation passes tests/alerts/test_channels.py.

    The same delivery may be sent again when nobody could tell whether it arrived; it carries the same id then.
    A channel may be called from several threads at once, keeps nothing between calls that a retry would miss, and
    never shows a secret: not in `repr`, not in an error.
    """

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Send one delivery and return when the receiver has taken it.

        now: the time of this attempt (aware, UTC). Raises Refused (tried again on schedule, not before its
        `retry_after`), Unreachable (the same, and the channel's other deliveries wait too), Gone (the channel is to be
        disabled) or BadChannel (its settings cannot work).
        """
