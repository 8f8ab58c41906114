"""Scope: which parts of the new text are read for facts, and how each belongs to a flag."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from diffing.edit import Edit, EditKind, Op
from diffing.flag import Flag, Stance
from diffing.passage import Passage, PassageKind
from diffing.sentences import sentences

NEAR_PASSAGES = 3
"""How many passages before and after a flagged one are looked at for the way out, if they changed and share its
section. An announcement and its opt-out stand within two paragraphs of each other in the policies read."""

ABOVE = 500
"""How many passages back a heading, a list's opening or a table's head is looked for."""


class Role(StrEnum):
    """How a part belongs to a flag."""

    FLAGGED = "flagged"
    """The flagged sentence."""
    FOLLOWING = "following"
    """A changed sentence or cell of the flagged passage, behind the flagged one."""
    PRECEDING = "preceding"
    """One before it."""
    STEM = "stem"
    """The sentence or head the flagged passage hangs from."""
    LISTED = "listed"
    """A changed item that hangs from the flagged passage, or a flagged row's cell under a head about data."""
    HEADING = "heading"
    """A heading above the flagged passage, or the first cell of its row."""
    NEAR = "near"
    """A changed passage near the flagged one, in the same section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of one passage's text: passage.text[start:end]. stances: of the flags it belongs to."""

    role: Role
    index: int
    passage: Passage
    start: int
    end: int
    stances: frozenset[Stance]

    @property
    def text(self) -> str:
        """The words of the part."""
        return self.passage.text[self.start : self.end]

    @property
    def heads(self) -> tuple[str, ...]:
        """The column heads of the row the part stands in; none outside tables and where they are not known."""
        return self.passage.stem if self.passage.kind is PassageKind.ROW else ()

    @property
    def column(self) -> int:
        """Number of the cell the part stands in, from 0."""
        return self.passage.text.count(" | ", 0, self.start + 1)


def parts(edits: Sequence[Edit], flags: Sequence[Flag], after: Sequence[Passage], language: str) -> tuple[Part, ...]:
    """Every part that belongs to a flag, the flagged sentences first; each run of text once, in its closest role."""
    if not flags:
        return ()
    reader = _Reader(edits, after, language)
    found: dict[tuple[int, int, int], Part] = {}
    for role in Role:
        for flag in flags:
            for part in reader.read(role, flag):
                found.setdefault((part.index, part.start, part.end), part)
    return tuple(found.values())


def new_spans(edit: Edit) -> tuple[tuple[int, int], ...]:
    """Where the new words of an edit stand in its new passage; of a split one, in its passages joined.

    >>> old, new = (Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text) for text in ("We do", "We may do"))
    >>> new_spans(Edit(kind=EditKind.REWORDED, before=old, after=new, before_index=0, after_index=0))
    ((3, 7),)
    """
    if edit.after is None or edit.kind is EditKind.MOVED:
        return ()
    if edit.kind is EditKind.ADDED:
        return ((0, len(edit.after.text)),)
    out, at = [], 0
    for span in edit.words:
        if span.op is Op.DELETE:
            continue
        if span.op is Op.INSERT:
            out.append((at, at + len(span.text)))
        at += len(span.text)
    return tuple(out)


def spans_by_place(edit: Edit) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Where each passage of the new side stands, and where its new words stand in it."""
    if edit.kind is not EditKind.SPLIT:
        yield from ((at, new_spans(edit)) for at in edit.new_places)
        return
    spans, start = new_spans(edit), 0
    for at, passage in zip(edit.new_places, edit.news, strict=True):
        end = start + len(passage.text)
        inside = ((max(first, start) - start, min(last, end) - start) for first, last in spans)
        yield at, tuple((first, last) for first, last in inside if first < last)
        start = end + 1


class _Reader:
    """Finds the parts of one change."""

    def __init__(self, edits: Sequence[Edit], after: Sequence[Passage], language: str) -> None:
        self.edits = edits
        self.after = after
        self.language = language
        self._edit_at = {at: edit for edit in edits for at in edit.new_places}
        self._new = cache(self._new_in)

    def read(self, role: Role, flag: Flag) -> Iterator[Part]:
        """The parts of one role that belong to a flag; none when the flagged words are gone."""
        index = self.edits[flag.edit].place_of(flag.after)
        if flag.after is None or index is None:
            return
        spans = {
            Role.FLAGGED: self._flagged,
            Role.FOLLOWING: self._following,
            Role.PRECEDING: self._preceding,
            Role.STEM: self._stem,
            Role.LISTED: self._listed,
            Role.HEADING: self._headings,
            Role.NEAR: self._near,
        }[role](index, flag.after)
        for at, start, end in spans:
            yield Part(
                role=role,
                index=at,
                passage=self.after[at],
                start=start,
                end=end,
                stances=frozenset({flag.stance}),
            )

    def _flagged(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        text = self.after[index].text
        start = max(text.find(sentence), 0)
        end = start + len(sentence) if text.startswith(sentence, start) else len(text)
        for first, last in self._pieces(index):
            if first < end and start < last:
                yield index, max(first, start), min(last, end)

    def _following(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        return self._beside(index, sentence, behind=True)

    def _preceding(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        return self._beside(index, sentence, behind=False)

    def _beside(self, index: int, sentence: str, *, behind: bool) -> Iterator[tuple[int, int, int]]:
        flagged = [(start, end) for _, start, end in self._flagged(index, sentence)]
        begin = min((start for start, _ in flagged), default=0)
        for start, end in self._sentences(index):
            apart = not any(start < last and first < end for first, last in flagged)
            if apart and (start > begin) == behind and self._is_new(index, start, end):
                yield index, start, end

    def _stem(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        passage = self.after[index]
        if passage.kind is PassageKind.ITEM and passage.stem:
            opening = self._above(index, passage.stem[-1])
            if opening is not None:
                last = self._sentences(opening)[-1]
                yield opening, *last

    def _listed(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        text = self.after[index].text
        for at in range(index + 1, len(self.after)):
            passage = self.after[at]
            if passage.kind is not PassageKind.ITEM or text not in passage.stem:
                return
            if self._is_new(at, 0, len(passage.text)):
                yield at, 0, len(passage.text)

    def _headings(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        passage = self.after[index]
        if passage.kind is PassageKind.ROW:
            first, last = self._pieces(index)[0]
            yield index, first, last
            head = self._above(index, " | ".join(passage.stem)) if passage.stem else None
            if head is not None:
                yield from ((head, start, end) for start, end in self._pieces(head))
        for title in reversed(passage.section[-2:]):
            above = self._above(index, title)
            if above is not None:
                yield above, 0, len(title)

    def _near(self, index: int, sentence: str) -> Iterator[tuple[int, int, int]]:
        section = self.after[index].section
        for at in range(max(0, index - NEAR_PASSAGES), min(len(self.after), index + NEAR_PASSAGES + 1)):
            if at != index and self.after[at].section == section:
                yield from ((at, start, end) for start, end in self._sentences(at) if self._is_new(at, start, end))

    def _is_new(self, index: int, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self._new(index))

    def _new_in(self, index: int) -> tuple[tuple[int, int], ...]:
        """The new words of a passage, looked for only where it is asked about: a rewrite has hundreds."""
        edit = self._edit_at.get(index)
        return dict(spans_by_place(edit))[index] if edit else ()

    def _above(self, index: int, text: str) -> int | None:
        first = max(0, index - ABOVE)
        return next((at for at in range(index - 1, first - 1, -1) if self.after[at].text == text), None)

    def _pieces(self, index: int) -> list[tuple[int, int]]:
        """A row's cells, or the whole of any other passage."""
        text = self.after[index].text
        return cells(text) if self.after[index].kind is PassageKind.ROW else [(0, len(text))]

    def _sentences(self, index: int) -> list[tuple[int, int]]:
        text = self.after[index].text
        return [
            (first + sentence.start, first + sentence.end)
            for first, last in self._pieces(index)
            for sentence in sentences(text[first:last], self.language)
        ]


def cells(row: str) -> list[tuple[int, int]]:
    """Where the cells of a table row's text stand; empty ones too.

    >>> cells("Train AI | Your posts")
    [(0, 8), (11, 21)]
    """
    out, start = [], 0
    for cell in row.split(" | "):
        out.append((start, start + len(cell)))
        start += len(cell) + 3
    return out
