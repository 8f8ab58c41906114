"""Lasting: a text that cannot be read for several visits in a row is told once, and so is its return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.fault import Fault, FaultReason
from diffing.version import Document

AFTER = 3
"""Faults in a row after which a text counts as unreachable, where nobody says otherwise."""


class NotifyFault(Protocol):
    """Who is to be told that a document cannot be read, or (without a fault) that it can be again. Pure."""

    def __call__(
        self, document: Document, fault: Fault | None, *, url: str, since: datetime, at: datetime
    ) -> Sequence[Message]:
        """The messages that go to the outbox with the attempt. since: when the first fault was met."""


def nobody(document: Document, fault: Fault | None, *, url: str, since: datetime, at: datetime) -> Sequence[Message]:
    """For an archive nobody subscribes to."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """Decides whether a visit begins or ends a time in which a text counts as unreachable.

    after: faults in a row that make it so. Posts of a blog are never told of: the blog itself is.
    """

    archive: Archive
    notify: NotifyFault = nobody
    after: int = AFTER

    def failed(self, document: Document, fault: Fault, at: datetime) -> Sequence[Message]:
        """What is to be told with a fault: that the text is unreachable, when this is the fault that makes it so."""
        if document.post or self.notify is nobody or fault.reason is FaultReason.UNCONFIRMED:
            return ()
        spell = self.archive.spell(document)
        if (spell.faults if spell else 0) + 1 != self.after:
            return ()
        since = spell.since if spell else at
        return self.notify(document, fault, url=self._address(document, fault), since=since, at=at)

    def succeeded(self, document: Document, url: str, at: datetime) -> Sequence[Message]:
        """What is to be told with a visit that went well: that the text is back, when it had been unreachable."""
        if document.post or self.notify is nobody:
            return ()
        spell = self.archive.spell(document)
        if spell is None or spell.faults < self.after:
            return ()
        return self.notify(document, None, url=url, since=spell.since, at=at)

    def _address(self, document: Document, fault: Fault) -> str:
        current = self.archive.current(document)
        return current.url if current else fault.where
