"""Records for archives in tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from diffing.alignment import align
from diffing.archive.record import Attempt, Message, Record
from diffing.capture import Capture
from diffing.change import Change, ChangeKind, Judgement
from diffing.outcome import Outcome
from diffing.passages import passages
from diffing.version import Document, Version

DOCUMENT = Document(service="Examplar", terms="Privacy Policy")
START = datetime(2025, 9, 18, 8, 0, tzinfo=UTC)
OLD = "# Privacy\n\nWe keep your posts for a year.\n\nWe never sell them.\n"
NEW = "# Privacy\n\nWe keep your posts for two years.\n\nWe never sell them.\n"


def version(text: str = OLD, *, hours: float = 0, document: Document = DOCUMENT) -> Version:
    """A version seen so many hours after START."""
    return Version(
        document=document,
        observed_at=START + timedelta(hours=hours),
        text=text,
        url="https://examplar.test/privacy",
        language="en",
        extractor="1",
        declaration="d1",
    )


def attempt(of: Version, outcome: Outcome = Outcome.NEW) -> Attempt:
    return Attempt(document=of.document, at=of.observed_at, outcome=outcome, version_id=of.id)


def first(of: Version, captures: Sequence[Capture] = ()) -> Record:
    return Record(version=of, attempt=attempt(of), captures=tuple(captures))


def change(before: Version | None, after: Version, **judged: object) -> Change:
    """A substantive change with its real edits."""
    edits = align(passages(before.text if before else ""), passages(after.text))
    values = {"kind": ChangeKind.SUBSTANTIVE, "news": True, "edits": edits, **judged}
    return Change(before=before, after=after, judgement=Judgement(**values))  # type: ignore[arg-type]


def following(before: Version, after: Version, *, channels: Sequence[str] = (), **judged: object) -> Record:
    """The record of a change, with a message to each channel."""
    made = change(before, after, **judged)
    return Record(
        version=after,
        attempt=attempt(after, Outcome.CHANGED),
        change=made,
        messages=tuple(message(made.id, channel) for channel in channels),
    )


def message(change_id: str, channel: str) -> Message:
    return Message(id=f"msg_{change_id}", channel=channel, event="policy.change", body="{}", due_at=START)


def capture(body: bytes = b"<p>We keep your posts.</p>", *, hours: float = 0, **headers: str) -> Capture:
    return Capture(
        source="https://examplar.test/privacy",
        url="https://examplar.test/en/privacy",
        status=200,
        fetched_at=START + timedelta(hours=hours),
        body=body,
        headers=headers,
    )
