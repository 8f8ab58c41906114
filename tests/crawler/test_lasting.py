"""A text that cannot be read for several visits in a row is told once, and so is its return."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data
from clausewatch import wiring
from clausewatch.config import find
from crawler.observation import Observation
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from diffing.topics import load_topics
from diffing.version import Document

NORD = Document(service="Nord", terms="Privacy Policy")
URL = "https://nord.example/privacy"
START = datetime(2025, 9, 1, tzinfo=UTC)
TIMEOUT = Fault(reason=FaultReason.TIMEOUT, where=URL, what="no full answer in time", todo="wait")
BLOCKED = Fault(reason=FaultReason.BLOCKED, where=URL, what="a challenge page", todo="ask")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def recorder(archive: Archive) -> Recorder:
    def notify(
        document: Document, fault: Fault | None, *, url: str, since: datetime, at: datetime
    ) -> Sequence[Message]:
        said = f"{fault.reason if fault else 'recovered'} {url} since day {(since - START).days}"
        return [Message(id=f"{said} {at}", channel="ops", event="e", body=said, due_at=at)]

    topics = load_topics([data.folder("topics")])
    return Recorder(archive, topics, notify_fault=notify, unreachable_after=3)


def told(archive: Archive) -> list[str]:
    with archive.reading() as database:
        return [row[0] for row in database.execute("SELECT body FROM outbox ORDER BY created_at, id")]


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def seen(number: float, text: str = "# Privacy\n\nWe keep your posts.\n") -> Observation:
    capture = Capture(source=URL, url=URL, status=200, fetched_at=day(number), body=text.encode())
    return Observation(
        document=NORD, text=text, url=URL, observed_at=day(number), captures=(capture,), extractor="1", declaration="d"
    )


def test_the_third_fault_in_a_row_is_told_once_and_the_next_good_visit_too(archive: Archive) -> None:
    recording = recorder(archive)
    recording.observe(seen(0))
    for number in (1, 2):
        recording.fault(NORD, TIMEOUT, day(number))
    assert told(archive) == []
    for number in (3, 4, 5):
        recording.fault(NORD, BLOCKED, day(number))
    assert told(archive) == [f"blocked {URL} since day 1"]
    recording.unchanged(NORD, (), day(6))
    recording.unchanged(NORD, (), day(7))
    assert told(archive)[1:] == [f"recovered {URL} since day 1"]


def test_a_changed_text_ends_the_time_as_well(archive: Archive) -> None:
    recording = recorder(archive)
    recording.observe(seen(0))
    for number in (1, 2, 3):
        recording.fault(NORD, TIMEOUT, day(number))
    recording.observe(seen(4, "# Privacy\n\nWe keep your posts and your photos.\n"))
    assert told(archive)[1:] == [f"recovered {URL} since day 1"]


def test_two_faults_between_good_visits_are_told_to_nobody(archive: Archive) -> None:
    recording = recorder(archive)
    for number in range(0, 12, 3):
        recording.observe(seen(number))
        recording.fault(NORD, TIMEOUT, day(number + 1))
        recording.fault(NORD, TIMEOUT, day(number + 2))
    assert told(archive) == []


def test_a_text_that_could_never_be_read_is_told_by_the_address_that_failed(archive: Archive) -> None:
    recording = recorder(archive)
    for number in range(3):
        recording.fault(NORD, TIMEOUT, day(number))
    assert told(archive) == [f"timeout {URL} since day 0"]


def test_a_post_of_a_blog_is_not_told_of(archive: Archive) -> None:
    post = Document(service="Nord", terms="Blog", post="https://nord.example/blog/1")
    recording = recorder(archive)
    for number in range(5):
        recording.fault(post, TIMEOUT, day(number))
    assert told(archive) == []


def test_a_subscriber_of_faults_gets_the_event(tmp_path: Path) -> None:
    (tmp_path / "clausewatch.toml").write_text(
        f"""archive = "{tmp_path}/a.db"
[crawl]
unreachable_after = 2
[channels.log]
type = "file"
path = "{tmp_path}/alerts.jsonl"
[channels.other]
type = "file"
path = "{tmp_path}/other.jsonl"
[[subscriptions]]
channel = "log"
faults = true
[[subscriptions]]
channel = "other"
"""
    )
    config = find(tmp_path / "clausewatch.toml")
    with wiring.archive(config) as kept:
        recording = wiring.recorder(config, kept)
        for number in range(2):
            recording.fault(NORD, BLOCKED, day(number))
        with kept.reading() as database:
            rows = database.execute("SELECT channel, event, body FROM outbox").fetchall()
    ((channel, event, body),) = rows
    assert (channel, event) == ("log", "document.unreachable")
    assert json.loads(body)["data"]["fault"]["reason"] == "blocked"
    assert json.loads(body)["data"]["since"] == "2025-09-01T00:00:00Z"
