"""What the diff engine raises on purpose."""

from enum import StrEnum
from typing import ClassVar

from data.errors import ClausewatchError


class DiffingReason(StrEnum):
    """Why the diff engine refused."""

    BROKEN_EDITS = "broken_edits"


class DiffingError(ClausewatchError):
    """The branch of all errors of this package."""


class BrokenEdits(DiffingError):  # noqa: N818 - named for what to do next
    """Edits were applied to passages they were not made from."""

    reason: ClassVar[DiffingReason] = DiffingReason.BROKEN_EDITS
