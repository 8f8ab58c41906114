"""Edit: one passage-level step from the old version to the new one."""

from dataclasses import dataclass
from enum import StrEnum

from diffing.passage import Passage


class EditKind(StrEnum):
    """What happened to a passage; one that is in no edit was kept."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


class Op(StrEnum):
    """What happened to a run of words inside a reworded passage."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of whole words, with the white space after them, that was kept, deleted or inserted.

    White space stands alone where only it changed.
    """

    op: Op
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One passage-level step of a change.

    before, after: the passage on either side; `before` is None for ADDED, `after` for REMOVED.
    before_index, after_index: where it stands among the passages of that version, from 0; None as above.
    words: for REWORDED, the word edits; all that is not INSERT joined gives `before.text`, all that is not DELETE
        gives `after.text`. Empty for the other kinds. A MOVED passage has the same text on both sides; one that
        moved and was reworded is REWORDED.
    """

    kind: EditKind
    before: Passage | None
    after: Passage | None
    before_index: int | None
    after_index: int | None
    words: tuple[Span, ...] = ()
