"""Items: what a spider yields, each of which knows how to hand itself to the sink."""

from dataclasses import dataclass
from datetime import datetime

from crawler.declarations import Declaration
from crawler.observation import Observation
from crawler.sink import Sink
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.version import Document
from diffing.warning import TermsWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that came of visiting a target. `last`: nothing more will come of it."""

    target: Declaration
    last: bool = True

    def hand_to(self, sink: Sink) -> Visit | None:
        """Give it to the sink; what came of it, or None when there is nothing to tell."""
        raise TypeError(f"{type(self).__name__} cannot be handed over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Item):
    """A text was seen."""

    observation: Observation

    def hand_to(self, sink: Sink) -> Visit | None:
        """See `Item`."""
        return sink.observe(self.observation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged(Item):
    """No source brought anything new, or a blog had nothing that is not known, or has now told all.

    quiet: the visit need not be told, unless there are warnings. warnings: None when no page was read anew.
    """

    document: Document
    captures: tuple[Capture, ...]
    at: datetime
    quiet: bool = False
    warnings: tuple[TermsWarning, ...] | None = None

    def hand_to(self, sink: Sink) -> Visit | None:
        """See `Item`."""
        visit = sink.unchanged(self.document, self.captures, self.at, self.warnings)
        return None if self.quiet and not visit.warnings else visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Item):
    """The visit gave no trustworthy text."""

    document: Document
    fault: Fault
    at: datetime

    def hand_to(self, sink: Sink) -> Visit | None:
        """See `Item`."""
        return sink.fault(self.document, self.fault, self.at)
