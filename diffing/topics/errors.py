"""What reading topics raises on purpose."""

from enum import StrEnum
from typing import ClassVar

from data.errors import ClausewatchError


class TopicReason(StrEnum):
    """Why a topic or a language was refused."""

    UNREADABLE = "unreadable"
    MALFORMED = "malformed"
    DUPLICATE = "duplicate"


class TopicError(ClausewatchError):
    """The branch of all errors about topics."""


class UnreadableTopic(TopicError):  # noqa: N818
    """A file that cannot be opened or is not YAML."""

    reason: ClassVar[TopicReason] = TopicReason.UNREADABLE


class MalformedTopic(TopicError):  # noqa: N818
    """A key is missing, unknown or holds the wrong thing."""

    reason: ClassVar[TopicReason] = TopicReason.MALFORMED


class DuplicateTopic(TopicError):  # noqa: N818
    """Two files declare the same topic."""

    reason: ClassVar[TopicReason] = TopicReason.DUPLICATE
