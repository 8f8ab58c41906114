"""Topic: what is watched for, as data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diffing.flag import Stance
from diffing.passage import Passage, PassageKind
from diffing.topics.cues import Cues
from diffing.topics.grammar import Grammar
from diffing.topics.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to say it: a word of the first core class near a word of the second.

    core: two word classes, or one that says it all. reach: most words that may lie between two.
    forward: whether the first must come before the second.
    between_not: classes of which no word may lie between them. through: classes of which one must: "improve our
    services, including our models".
    needs: classes of which a word must stand in the sentence or above it (stem, headings); any of them will do.
    under: classes that must all stand in the nearest heading, in the stem, or in the sentence this one speaks of: a
    way out under "Training our models".
    below: whether one of those must say something by another rule: "this is not done without your consent".
    answers: whether the core must open the sentence, or a cell, and answer a question, or column heading, that says
    something by another rule: "No." under "Do you train AI on my data?".
    most: most words the sentence may have, for a name in a list; 0 for any number.
    without: classes of which no word may stand in or next to the core.
    unless: classes of which no word may stand in the sentence or above it.
    cells: whether the two may stand in different cells of a row.
    stance: what the rule says of itself, whatever the grammar finds; None leaves it to the grammar.
    services: names of services in whose texts alone the rule holds (a name ending in "*" is a beginning); empty: all.
    not_services: names of services in whose texts it does not hold.
    """

    name: str
    core: tuple[str, ...]
    reach: int
    forward: bool = False
    between_not: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    below: bool = False
    answers: bool = False
    most: int = 0
    without: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    cells: bool = False
    stance: Stance | None = None
    services: tuple[str, ...] = ()
    not_services: tuple[str, ...] = ()

    @property
    def hangs(self) -> bool:
        """Whether it asks for something above the sentence."""
        return bool(self.under) or self.below or self.answers

    def holds_for(self, service: str) -> bool:
        """Whether the rule is for the texts of this service."""
        if _named(service, self.not_services):
            return False
        return not self.services or _named(service, self.services)


def _named(service: str, names: Iterable[str]) -> bool:
    return any(service.startswith(name[:-1]) if name.endswith("*") else service == name for name in names)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    """A topic in one language.

    cues: a quick look whether a text can hold a statement at all, by the rules that need nothing above it. below: the
    same by those that do (`Rule.hangs`). heads: whether a text can be what those need above it.
    telling: classes of which one must be named in the sentence, its stem or its headings for a statement to weigh in
    full; empty: none need be. answers: whether some rule is for answers.
    """

    grammar: Grammar
    vocabulary: Vocabulary
    rules: tuple[Rule, ...]
    cues: Cues
    below: Cues
    heads: Cues
    telling: tuple[str, ...] = ()
    answers: bool = False

    def may_speak(self, text: str, passage: Passage, lead: Callable[[], str] = str) -> bool:
        """Whether that text of a passage, all of it or a sentence, may hold a statement: never no in vain.

        lead: asked for the text before the passage when that may be spoken of.
        """
        if self.cues.met(text):
            return True
        return (self.below.met(text) or self.replied(text)) and self.under_head(passage, lead)

    def replied(self, text: str) -> bool:
        """Whether some rule is for answers and the text may hold one."""
        return self.answers and self.grammar.replies.stand_in(text)

    def under_head(self, passage: Passage, lead: Callable[[], str]) -> bool:
        """Whether what a rule may need above stands over the passage or before it."""
        stem = passage.stem if passage.kind is PassageKind.ROW else passage.stem[-1:]
        over = (passage.text, *passage.section[-1:], *stem)
        return any(map(self.heads.met, over)) or self.heads.met(lead())


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is watched for.

    name: as flags carry it, e.g. "ai_training". title: for people, by language. wordings: by language.
    files: where it was read.
    """

    name: str
    title: Mapping[str, str]
    wordings: Mapping[str, Wording] = field(repr=False)
    files: tuple[Path, ...] = ()
