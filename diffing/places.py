"""Places: the passages on either side of a change, and which of them may speak of a topic."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diffing.edit import Edit, EditKind
from diffing.passage import Passage, PassageKind
from diffing.topics.cues import together
from diffing.topics.topic import Wording

Hints = Mapping[str, Mapping[str, bool]]
"""By text the topics it may speak of, and whether by itself or only below what is above it: mostly none."""


class Place(NamedTuple):
    """A passage on one side of an edit.

    of, at: the version it stands in, an empty one when nobody gave it, and where there.
    """

    edit: int
    passage: Passage
    of: Sequence[Passage]
    at: int

    def lead(self) -> str:
        """What stands right above it in its section; "" when nothing does."""
        if not 0 < self.at <= len(self.of):
            return ""
        above = self.of[self.at - 1]
        spoken = above.kind is not PassageKind.HEADING and above.section == self.passage.section
        return " ".join((*above.stem[-1:], above.text)) if spoken else ""

    def may_speak(self, wording: Wording, text: str) -> bool:
        """Whether that text of the passage, all of it or a sentence, may hold a statement."""
        return wording.may_speak(text, self.passage, self.lead)


def places(
    edits: Sequence[Edit], before: Sequence[Passage], after: Sequence[Passage]
) -> tuple[list[Place], list[Place]]:
    """The passages that went or changed, and those that came or are what became of them."""
    differ = [(index, edit) for index, edit in enumerate(edits) if edit.kind is not EditKind.MOVED]
    return (
        [
            Place(index, old, before, at)
            for index, edit in differ
            for at, old in enumerate(edit.olds, edit.before_index or 0)
        ],
        [
            Place(index, new, after, at)
            for index, edit in differ
            for at, new in enumerate(edit.news, edit.after_index or 0)
        ],
    )


def hints_of(edits: Sequence[Edit], wordings: Mapping[str, Wording]) -> Hints:
    """The hints of a change, by topics that are all looked for in one language, and so in one pass."""
    looks = together(tuple(cues for wording in wordings.values() for cues in (wording.cues, wording.below)))
    answering = [name for name, wording in wordings.items() if wording.answers]
    hints: dict[str, dict[str, bool]] = {}
    for text in _texts(edits):
        met = looks.met(text)
        replied = bool(answering) and wordings[answering[0]].replied(text)
        if met or replied:
            hints[text] = {
                name: 2 * at in met
                for at, name in enumerate(wordings)
                if 2 * at in met or 2 * at + 1 in met or (replied and name in answering)
            }
    return hints


def that_may_speak(
    places: Iterable[Place], wordings: Mapping[str, Wording], hints: Hints
) -> Mapping[str, Sequence[Place]]:
    """By topic the passages that may speak of it, so that no other is cut into sentences."""
    found: dict[str, list[Place]] = {name: [] for name in wordings}
    for place in places:
        for name, by_itself in hints.get(place.passage.text, {}).items():
            if by_itself or wordings[name].under_head(place.passage, place.lead):
                found[name].append(place)
    return found


def _texts(edits: Sequence[Edit]) -> Iterator[str]:
    """The words of all passages that differ, on either side."""
    for edit in edits:
        if edit.kind is not EditKind.MOVED:
            for passage in (edit.before, edit.after, *edit.rest):
                if passage is not None:
                    yield passage.text
