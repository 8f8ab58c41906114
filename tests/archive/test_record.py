"""What is recorded comes back as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from diffing.archive import Archive
from diffing.archive.errors import Backwards, Superseded
from diffing.archive.record import Attempt, Record
from diffing.change import ChangeKind, Severity
from diffing.edit import EditKind
from diffing.fact import Fact, FactName
from diffing.fault import Fault, FaultReason
from diffing.flag import Effect, Flag, Stance
from diffing.outcome import Outcome
from diffing.stay import Stay
from diffing.version import Document, text_hash
from tests.support.archives import (
    DOCUMENT,
    NEW,
    OLD,
    START,
    attempt,
    capture,
    change,
    first,
    following,
    message,
    version,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        yield opened


def test_a_version_comes_back_as_it_was_recorded(archive: Archive) -> None:
    stored = replace(version(), title="A post")
    assert archive.record(first(stored)) is True
    assert archive.current(DOCUMENT) == stored
    assert archive.version(stored.id) == stored
    assert archive.versions(DOCUMENT) == (stored,)
    assert archive.documents() == (DOCUMENT,)


def test_a_document_never_met_has_nothing(archive: Archive) -> None:
    assert archive.current(DOCUMENT) is None
    assert archive.stays(DOCUMENT) == ()
    assert archive.versions(DOCUMENT) == ()
    assert archive.last_attempt(DOCUMENT) is None
    assert archive.validators(DOCUMENT, "https://examplar.test/privacy") is None
    assert archive.captures("0" * 16) == ()
    assert archive.version("0" * 16) is None
    assert archive.change("0" * 16) is None
    assert list(archive.changes()) == []


def test_a_change_comes_back_with_its_edits_flags_and_facts(archive: Archive) -> None:
    old, new = version(), version(NEW, hours=1)
    flag = Flag(
        topic="ai_training",
        stance=Stance.PERMITS,
        effect=Effect.INTRODUCES,
        edit=0,
        before=None,
        after="We keep your posts for two years.",
        evidence="two years",
        rule="test.rule",
    )
    fact = Fact(name=FactName.DATA_USED, value="posts", quote="your posts", passage=1, start=8, end=18)
    record = following(old, new, severity=Severity.HIGH, flags=(flag,), facts=(fact,))
    archive.record(first(old))
    archive.record(record)
    assert record.change is not None
    assert [edit.kind for edit in record.change.judgement.edits] == [EditKind.REWORDED]
    assert archive.change(record.change.id) == record.change
    assert list(archive.changes()) == [record.change]


def test_a_return_comes_back_with_the_day_of_its_text(archive: Archive) -> None:
    before, after, back = version(), version(NEW, hours=1), version(hours=100)
    archive.record(first(before))
    archive.record(following(before, after))
    archive.record(following(after, back, kind=ChangeKind.RETURN, returned_to=before.observed_at))
    (latest, earlier) = archive.changes()
    assert (latest.judgement.returned_to, earlier.judgement.returned_to) == (before.observed_at, None)


def test_edits_of_every_kind_come_back(archive: Archive) -> None:
    old = version("A\n=\n\nWe keep your posts for a year.\n\nThis one moves down here.\n\nGone for good, all of it.\n")
    new = version(
        "A\n=\n\nBrand new words stand here.\n\nWe keep your posts for two years.\n\n---\n\nMiddle of nowhere.\n\n"
        "This one moves down here.\n",
        hours=1,
    )
    archive.record(first(old))
    record = following(old, new)
    archive.record(record)
    assert record.change is not None
    assert {edit.kind for edit in record.change.judgement.edits} >= {
        EditKind.ADDED,
        EditKind.REMOVED,
        EditKind.REWORDED,
    }
    assert list(archive.changes()) == [record.change]


def test_a_paragraph_that_was_cut_or_joined_comes_back_with_all_its_pieces(archive: Archive) -> None:
    apart = "# Privacy\n\nWe keep your posts for a year.\n\nThen we delete them for good.\n\nWe never sell them.\n"
    whole = apart.replace("year.\n\nThen", "year. Then").replace("Privacy", "Your privacy")
    versions = [version(text, hours=at) for at, text in enumerate((apart, whole, apart))]
    archive.record(first(versions[0]))
    records = [following(one, other) for one, other in pairwise(versions)]
    for record in records:
        archive.record(record)
        assert record.change is not None
        assert archive.change(record.change.id) == record.change
    assert [record.change.judgement.edits[1].kind for record in records if record.change] == [
        EditKind.MERGED,
        EditKind.SPLIT,
    ]


def test_a_blog_post_is_a_change_from_nothing(archive: Archive) -> None:
    post = Document(service="Examplar", terms="Blog", post="https://examplar.test/blog/1")
    seen = replace(version(document=post), title="News")
    made = change(None, seen, kind=ChangeKind.POST)
    archive.record(Record(version=seen, attempt=attempt(seen, Outcome.POST), change=made))
    assert list(archive.changes(kind=ChangeKind.POST)) == [made]
    assert archive.current(post) == seen
    assert archive.current(replace(post, post="")) is None


def test_an_imported_collection_is_kept_apart(archive: Archive) -> None:
    imported = replace(DOCUMENT, collection="pga")
    archive.record(first(version()))
    archive.record(first(version(NEW, document=imported)))
    assert archive.current(DOCUMENT) == version()
    assert archive.documents(collection="pga") == (imported,)
    assert archive.documents(service="Examplar", terms="Privacy Policy") == (DOCUMENT, imported)


def test_stays_are_told_oldest_first(archive: Archive) -> None:
    old, new, back = version(), version(NEW, hours=1), version(OLD, hours=2)
    archive.record(first(old))
    archive.record(following(old, new))
    archive.record(following(new, back, kind=ChangeKind.RETURN))
    assert archive.stays(DOCUMENT) == tuple(
        Stay(version_id=each.id, text_hash=text_hash(each.text), observed_at=each.observed_at)
        for each in (old, new, back)
    )


def test_the_text_in_force_on_a_day_is_the_last_seen_before(archive: Archive) -> None:
    old, new = version(), version(NEW, hours=10)
    archive.record(first(old))
    archive.record(following(old, new))
    assert archive.at(DOCUMENT, START - timedelta(seconds=1)) is None
    assert archive.at(DOCUMENT, START + timedelta(hours=9)) == old
    assert archive.at(DOCUMENT, START + timedelta(hours=10)) == new


def test_changes_are_found_by_what_is_asked(archive: Archive) -> None:
    other = Document(service="Other", terms="Terms of Service")
    old, new, later = version(), version(NEW, hours=1), version(OLD, hours=2)
    flag = Flag(
        topic="microsoft_ads",
        stance=Stance.LIMITS,
        effect=Effect.LIMITS,
        edit=0,
        before=None,
        after=None,
        evidence="two",
        rule="r",
    )
    archive.record(first(old))
    archive.record(following(old, new, flags=(flag,)))
    archive.record(following(new, later, kind=ChangeKind.RETURN, news=False))
    archive.record(first(version(document=other)))
    archive.record(following(version(document=other), version(NEW, hours=3, document=other)))

    def found(**asked: object) -> list[str]:
        return [each.after.id for each in archive.changes(**asked)]  # type: ignore[arg-type]

    third = version(NEW, hours=3, document=other).id
    assert found() == [third, later.id, new.id]
    assert found(limit=1) == [third]
    assert found(since=START + timedelta(hours=2)) == [third, later.id]
    assert found(service="Examplar") == [later.id, new.id]
    assert found(terms="Terms of Service") == [third]
    assert found(topic="microsoft_ads") == [new.id]
    assert found(topic="ai_training") == []
    assert found(kind=ChangeKind.RETURN) == [later.id]
    assert found(news=True) == [third, new.id]
    assert found(collection="pga") == []


def test_recording_twice_doubles_nothing(archive: Archive) -> None:
    old, new = version(), version(NEW, hours=1)
    record = following(old, new, channels=("mail",))
    assert archive.record(first(old)) is True
    assert archive.record(record) is True
    assert archive.record(record) is False
    assert archive.record(first(old)) is False
    counts = {name: archive.database[name].count for name in ("versions", "changes", "outbox", "attempts")}
    assert counts == {"versions": 2, "changes": 1, "outbox": 1, "attempts": 2}


def test_two_crawlers_that_see_the_same_change_record_it_once(archive: Archive) -> None:
    old = version()
    archive.record(first(old))
    assert archive.record(following(old, version(NEW, hours=1), channels=("mail",))) is True
    assert archive.record(following(old, version(NEW, hours=1.5), channels=("mail",))) is False
    assert archive.record(first(version(NEW, hours=2))) is False
    assert archive.database["outbox"].count == 1


def test_a_change_judged_against_an_older_version_is_refused(archive: Archive) -> None:
    old = version()
    archive.record(first(old))
    archive.record(following(old, version(NEW, hours=1)))
    with pytest.raises(Superseded) as error:
        archive.record(following(old, version("Something else\n", hours=2)))
    assert str(error.value) == (
        "Examplar · Privacy Policy: another version was recorded while this one was being judged; visit it again"
    )


def test_a_version_dated_before_the_one_it_follows_is_refused(archive: Archive) -> None:
    old = version(hours=5)
    archive.record(first(old))
    with pytest.raises(Backwards) as error:
        archive.record(following(old, version(NEW, hours=1)))
    assert str(error.value) == (
        "Examplar · Privacy Policy: seen at 2025-09-18T09:00:00+00:00, but its current version was seen later, at "
        "2025-09-18T13:00:00+00:00; correct the clock of this machine"
    )
    assert archive.versions(DOCUMENT) == (old,)


def test_two_versions_of_the_same_moment_stay_in_the_order_they_came(archive: Archive) -> None:
    old, upgraded, new = version(hours=-1), version("Upgraded\n"), version(NEW)
    archive.record(first(old))
    archive.record(following(old, upgraded, kind=ChangeKind.UPGRADE, news=False))
    archive.record(following(upgraded, new))
    assert archive.versions(DOCUMENT) == (old, upgraded, new)
    assert archive.current(DOCUMENT) == new


def test_a_moment_finer_than_a_millisecond_gives_the_same_version(archive: Archive) -> None:
    precise = replace(version(), observed_at=START + timedelta(microseconds=1234))
    archive.record(first(precise))
    read = archive.version(precise.id)
    assert read is not None
    assert read.observed_at == START + timedelta(milliseconds=1)
    assert read.id == precise.id


def test_messages_wait_in_the_outbox_with_their_change(archive: Archive) -> None:
    old, new = version(), version(NEW, hours=1)
    archive.record(first(old))
    record = following(old, new, channels=("mail", "hook"))
    archive.record(record)
    assert record.change is not None
    rows = archive.database.query("SELECT id, channel, event, body, change_id, state, attempts, next_at FROM outbox")
    told = {"id": f"msg_{record.change.id}", "event": "policy.change", "body": "{}", "change_id": record.change.id}
    waits = {"state": "waiting", "attempts": 0, "next_at": 1758182400000}
    assert sorted(rows, key=lambda row: str(row["channel"])) == [
        {**told, "channel": "hook", **waits},
        {**told, "channel": "mail", **waits},
    ]


def test_a_lone_surrogate_in_a_message_is_escaped_as_json_does(archive: Archive) -> None:
    old, new = version(), version(NEW, hours=1)
    archive.record(first(old))
    record = following(old, new)
    told = replace(message("1", "mail"), body='{"a": "\ud800"}')
    archive.record(replace(record, messages=(told,)))
    assert archive.database.execute("SELECT body FROM outbox").fetchone() == ('{"a": "\\ud800"}',)


def test_attempts_are_remembered_with_their_fault(archive: Archive) -> None:
    fault = Fault(reason=FaultReason.COLLAPSED, where="https://x.test/", what="gone", todo="look", text_hash="ab")
    failed = Attempt(document=DOCUMENT, at=START, outcome=Outcome.FAULT, fault=fault)
    archive.attempt(failed)
    archive.attempt(replace(failed, at=START + timedelta(hours=1)))
    assert archive.last_attempt(DOCUMENT) == replace(failed, at=START + timedelta(hours=1))
    assert archive.database["faults"].count == 1
    stored = version(hours=2)
    archive.record(first(stored))
    assert archive.last_attempt(DOCUMENT) == attempt(stored)


def test_an_attempt_at_an_unknown_version_is_a_mistake_of_ours(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.attempt(Attempt(document=DOCUMENT, at=START, outcome=Outcome.UNCHANGED, version_id="0" * 16))
    assert archive.last_attempt(DOCUMENT) is None


def test_captures_come_back_with_the_version_made_from_them(archive: Archive) -> None:
    parts = (capture(b"one", etag='"1"'), replace(capture(b"two"), source="https://examplar.test/more"))
    stored = version()
    archive.record(first(stored, parts))
    assert archive.captures(stored.id) == parts
    assert archive.validators(DOCUMENT, "https://examplar.test/more") == parts[1]


def test_an_unchanged_page_refreshes_its_validators_without_a_second_copy(archive: Archive) -> None:
    seen = capture(b"body", etag='"1"')
    archive.record(first(version(), [seen]))
    unchanged = Attempt(document=DOCUMENT, at=START + timedelta(hours=1), outcome=Outcome.UNCHANGED)
    archive.attempt(unchanged, [capture(b"body", hours=1, etag='"2"')])
    assert archive.validators(DOCUMENT, seen.source) == replace(seen, headers={"etag": '"2"'})
    assert archive.database["bodies"].count == 1
    assert archive.database["captures"].count == 1


def test_a_page_that_differs_at_every_load_keeps_one_newer_copy(archive: Archive) -> None:
    stored = version()
    archive.record(first(stored, [capture(b"token 0")]))
    for hour in range(1, 5):
        newest = capture(b"token %d" % hour, hours=hour, etag=str(hour))
        archive.attempt(attempt(stored, Outcome.UNCHANGED), [newest])
        assert archive.validators(DOCUMENT, newest.source) == newest
    assert archive.captures(stored.id) == (capture(b"token 0"),)
    assert archive.database["bodies"].count == 2


def test_an_upgrade_rests_on_the_captures_of_the_version_before(archive: Archive) -> None:
    old, upgraded = version(), version(NEW, hours=1)
    archive.record(first(old, [capture()]))
    archive.record(following(old, upgraded, kind=ChangeKind.UPGRADE, news=False))
    assert archive.captures(upgraded.id) == (capture(),)
    assert archive.database["captures"].count == 1


def test_an_older_history_can_be_recorded_before_what_is_there(archive: Archive) -> None:
    today = version(hours=100)
    archive.record(first(today))
    older, old = version("Older\n", hours=1), version("Old\n", hours=2)
    assert archive.record(first(older)) is True
    assert archive.record(following(older, old)) is True
    assert archive.versions(DOCUMENT) == (older, old, today)
    assert [stay.version_id for stay in archive.stays(DOCUMENT)] == [older.id, old.id, today.id]
    assert archive.current(DOCUMENT) == today


def test_a_text_that_is_back_is_known_from_the_record(archive: Archive) -> None:
    old, new = version("old"), version("new", hours=20 * 24)
    now = new.observed_at + timedelta(days=5)
    archive.record(first(old))
    archive.record(following(old, new))

    back = archive.back(DOCUMENT, text_hash("old"), now)

    assert back is not None
    assert (back.version_id, back.stood, back.news) == (old.id, timedelta(days=5), True)
    assert archive.back(DOCUMENT, text_hash("new"), now) is None
    assert archive.back(DOCUMENT, text_hash("never seen"), now) is None
