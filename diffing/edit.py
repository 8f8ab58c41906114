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
    SPLIT = "split"
    MERGED = "merged"

    @property
    def broad(self) -> "EditKind":
        """The same in four words: a passage that was cut or joined is a reworded one."""
        return EditKind.REWORDED if self in (EditKind.SPLIT, EditKind.MERGED) else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One passage-level step of a change.

    before, after: the passage on either side; `before` is None for ADDED, `after` for REMOVED.
    before_index, after_index: where it stands among the passages of that version, from 0; None as above.
    A MOVED passage has the same text on both sides; one that moved and was reworded is REWORDED.
    rest: of SPLIT the new passages right behind `after` that `before` was cut into as well, of MERGED the old ones
        right behind `before` that became `after` as well; their words may have changed. Empty for the other kinds.
    """

    kind: EditKind
    before: Passage | None
    after: Passage | None
    before_index: int | None
    after_index: int | None
    rest: tuple[Passage, ...] = ()

    @property
    def olds(self) -> tuple[Passage, ...]:
        """All passages of the old side, in order."""
        first = () if self.before is None else (self.before,)
        return first + self.rest if self.kind is EditKind.MERGED else first

    @property
    def news(self) -> tuple[Passage, ...]:
        """All passages of the new side, in order."""
        first = () if self.after is None else (self.after,)
        return first + self.rest if self.kind is EditKind.SPLIT else first

    @property
    def old_places(self) -> range:
        """Where the passages of the old side stand."""
        return range(0) if self.before_index is None else _range(self.before_index, len(self.olds))

    @property
    def new_places(self) -> range:
        """Where the passages of the new side stand."""
        return range(0) if self.after_index is None else _range(self.after_index, len(self.news))

    def place_of(self, sentence: str | None) -> int | None:
        """Where the new passage stands that holds these words, or else the first; None when there is none."""
        held = (at for at, new in zip(self.new_places, self.news, strict=True) if sentence and sentence in new.text)
        return next(held, self.after_index)

    def passage_of(self, sentence: str | None) -> Passage | None:
        """The passage that holds these words, looked for on the new side first; or else the first there is."""
        held = (passage for passage in (*self.news, *self.olds) if sentence and sentence in passage.text)
        return next(held, self.after or self.before)

    @property
    def before_text(self) -> str | None:
        """The words of the old side, passages parted by a line break; None for ADDED."""
        return None if self.before is None else "\n".join(passage.text for passage in self.olds)

    @property
    def after_text(self) -> str | None:
        """The words of the new side, passages parted by a line break; None for REMOVED."""
        return None if self.after is None else "\n".join(passage.text for passage in self.news)

    @property
    def words(self) -> tuple[Span, ...]:
        """For REWORDED, SPLIT and MERGED, the word edits, found when asked for: of most changes nobody reads them.

        All that is not INSERT joined gives `before_text`, all that is not DELETE gives `after_text`; where a passage
        was cut, a line break is inserted. Empty for the other kinds.
        """
        before, after = self.before_text, self.after_text
        if self.kind is EditKind.MOVED or before is None or after is None:
            return ()
        return _remembered(before, after)


def _range(start: int, length: int) -> range:
    return range(start, start + length)


_remembered = lru_cache(maxsize=64)(word_edits)
