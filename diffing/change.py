"""Change: what lies between two versions of the same document."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diffing.edit import Edit
from diffing.fact import Fact
from diffing.flag import Flag
from diffing.version import Version, text_hash


class ChangeKind(StrEnum):
    """What sort of change it is; only SUBSTANTIVE, POST and a RETURN that is news are told."""

    SUBSTANTIVE = "substantive"
    COSMETIC = "cosmetic"
    """White space, punctuation, case, markup or order only."""
    LINKS = "links"
    """Only link targets."""
    RETURN = "return"
    """The text is back to one recorded before."""
    UPGRADE = "upgrade"
    """Our declaration or extractor changed, not the publisher."""
    POST = "post"
    """A blog post seen for the first time."""


class Severity(StrEnum):
    """How soon a reader should look."""

    HIGH = "high"
    """A flag takes something from people (`introduces` or `drops_protection`), or a day to object is still to come."""
    MEDIUM = "medium"
    """A flag of another effect."""
    LOW = "low"
    """No flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the diff engine says about a pair of texts.

    news: whether anyone may be told. False for noise of every kind, and for a RETURN of a page that flips.
    edits: in the order of the new text, removed ones where they last stood.
    returned_to: of a RETURN, when the text that is back was first observed; aware, UTC. None of any other kind.
    """

    kind: ChangeKind
    news: bool
    severity: Severity = Severity.LOW
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    facts: tuple[Fact, ...] = ()
    returned_to: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two versions of one document and the judgement on what lies between. `before` is None for a new blog post."""

    before: Version | None
    after: Version
    judgement: Judgement

    @property
    def id(self) -> str:
        """Stable name: 16 hexadecimal digits of a hash over both versions' ids."""
        return text_hash(f"{self.before.id if self.before else ''}>{self.after.id}")[:16]

    @property
    def topics(self) -> tuple[str, ...]:
        """Names of the topics flagged, in order of first appearance, each once."""
        return tuple(dict.fromkeys(flag.topic for flag in self.judgement.flags))
