"""Confirming: news that is told only when a second visit, some time later, sees the very same text."""

from datetime import timedelta

from diffing.archive import Archive
from diffing.fault import Fault, FaultReason
from diffing.version import Version, text_hash

PATIENCE = 6
"""After so many times the wait, a text that differs at every visit is believed: it would be held for ever otherwise."""


def unconfirmed(archive: Archive, version: Version, after: timedelta | None) -> Fault | None:
    """Why the news of a version is held back; None when it need not be confirmed, or is.

    after: `watch.confirm`, how long after the first sight the same text must be seen again.
    """
    if after is None:
        return None
    seen = text_hash(version.text)
    last = archive.last_attempt(version.document)
    if last is not None and last.fault is not None and last.fault.reason is FaultReason.UNCONFIRMED:
        if last.fault.text_hash == seen and version.observed_at - last.at >= after:
            return None
        since = archive.held_since(version.document, FaultReason.UNCONFIRMED)
        if since is not None and version.observed_at - since >= after * PATIENCE:
            return None
    minutes = max(1, round(after.total_seconds() / 60))
    return Fault(
        reason=FaultReason.UNCONFIRMED,
        where=version.url,
        what="the text is new, and is to be seen twice before it is told",
        todo=f"kept if a visit in {minutes} minute{'s' if minutes > 1 else ''} or later finds the same text",
        text_hash=seen,
    )
