"""Edit: one passage-level step from the old version to the new one."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from diffing.passage import Passage
from diffing.span import Op, Span
from diffing.words import word_edits

__all__ = ["Edit", "EditKind", "Op", "Span"]


class EditKind(StrEnum):
    """What happened to a passage; one that is in no edit was kept."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One passage-level step of a change.

    before, after: the passage on either side; `before` is None for ADDED, `after` for REMOVED.
    before_index, after_index: where it stands among the passages of that version, from 0; None as above.
    A MOVED passage has the same text on both sides; one that moved and was reworded is REWORDED.
    """

    kind: EditKind
    before: Passage | None
    after: Passage | None
    before_index: int | None
    after_index: int | None

    @property
    def words(self) -> tuple[Span, ...]:
        """For REWORDED, the word edits, found when asked for: most changes are noise whose words nobody reads.

        All that is not INSERT joined gives `before.text`, all that is not DELETE gives `after.text`. Empty for the
        other kinds.
        """
        if self.kind is not EditKind.REWORDED or self.before is None or self.after is None:
            return ()
        return _remembered(self.before.text, self.after.text)


_remembered = lru_cache(maxsize=64)(word_edits)
