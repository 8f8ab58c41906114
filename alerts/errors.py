"""Errors of the alerting: a channel that is set up wrongly, and deliveries that did not arrive."""

from datetime import timedelta
from enum import StrEnum

from data.errors import ClausewatchError


class Reason(StrEnum):
    """Why, for programs; the message is for people."""

    BAD_CHANNEL = "bad_channel"
    """A channel's settings cannot work; the others go on."""
    BAD_LOCALE = "bad_locale"
    """A file of words for people does not fit the others."""
    UNKNOWN_DELIVERY = "unknown_delivery"
    """No delivery has that id on that channel."""
    REFUSED = "refused"
    """The receiver said no to this one; it is tried again on schedule."""
    UNREACHABLE = "unreachable"
    """The receiver takes nothing just now; what waits for it is tried again on schedule."""
    GONE = "gone"
    """The receiver said it is gone for good (410); the channel is disabled."""


class AlertError(ClausewatchError):
    """Root of what the alerting raises."""


class BadChannel(AlertError):  # noqa: N818
    """A channel's settings cannot work; it alone is out of service."""

    reason = Reason.BAD_CHANNEL


class BadLocale(AlertError):  # noqa: N818
    """A file of words for people does not fit the others: a key is missing, or one too many."""

    reason = Reason.BAD_LOCALE


class UnknownDelivery(AlertError):  # noqa: N818
    """No delivery has that id on that channel."""

    reason = Reason.UNKNOWN_DELIVERY


class Refused(AlertError):  # noqa: N818
    """The receiver said no to this one, or could not be reached; it waits for its next attempt.

    retry_after: how long the receiver asked us to stay away, or None when it did not say.
    """

    reason = Reason.REFUSED

    def __init__(self, where: str, what: str, todo: str, retry_after: timedelta | None = None) -> None:
        super().__init__(where, what, todo)
        self.retry_after = retry_after


class Unreachable(Refused):
    """The receiver takes nothing from anybody just now: down, hanging, overloaded. Its other deliveries wait too."""

    reason = Reason.UNREACHABLE


class Gone(AlertError):  # noqa: N818
    """The receiver said it is gone for good (410); nothing more is sent there until someone enables it again."""

    reason = Reason.GONE
