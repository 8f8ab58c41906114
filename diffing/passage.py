"""Passage: one block of a version, the unit of storage, alignment and flagging."""

from dataclasses import dataclass
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passage:
    """One block of a version: heading, paragraph, list item or table row ("clause").

    markdown: the block as it stands in the version; several lines only for an underlined heading.
    text: its words without markup or link targets; NFC, white space folded, quotes and dashes as they stand; never
        empty (blocks without words are no passages). The cells of a row are joined by " | ".
    section: headings above it, outermost first, e.g. ("5. Sharing", "5.2 Advertisers"); a heading's own text is not
        in its own section.
    stem: what it hangs from and cannot be understood without, outermost first: for a list item the sentence that
        opens the list and the items above it in the tree; for a table row the texts of the column headings, one a
        cell. Empty for headings and paragraphs.
    links: link targets in the order they stand.
    """

    kind: PassageKind
    markdown: str
    text: str
    section: tuple[str, ...] = ()
    stem: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Whether all of it is the same, however either was made."""
        return isinstance(other, Passage) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[object, ...]:
        return self.kind, self.markdown, self.text, self.section, self.stem, self.links
