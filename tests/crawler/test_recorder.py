"""The recorder: what is seen is judged and kept, in one write."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data
from crawler.extraction import Extraction
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.rereading import ReExtract
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.capture import Capture
from diffing.change import Change, ChangeKind
from diffing.fault import FaultReason
from diffing.outcome import Outcome
from diffing.topics import load_topics
from diffing.version import Document

TOPICS = load_topics([data.folder("topics")])
NORD = Document(service="Nord", terms="Privacy Policy")
URL = "https://nord.example/privacy"
START = datetime(2025, 9, 1, tzinfo=UTC)
BEFORE = "# Privacy\n\nWe keep your posts for as long as you have an account.\n"
AFTER = BEFORE + "\nWe use your posts to train our generative AI models.\n"
LONG = BEFORE + "\n".join(f"\nWe keep record number {number} of what you told us." for number in range(60))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def seen(
    text: str,
    day: float,
    *,
    document: Document = NORD,
    extractor: str = "1",
    declaration: str = "d",
    backlog: bool = False,
    confirm: timedelta | None = None,
) -> Observation:
    at = START + timedelta(days=day)
    return Observation(
        document=document,
        text=text,
        url=URL,
        observed_at=at,
        captures=(Capture(source=URL, url=URL, status=200, fetched_at=at, body=text.encode()),),
        extractor=extractor,
        declaration=declaration,
        backlog=backlog,
        confirm=confirm,
    )


def telling(change: Change) -> Sequence[Message]:
    return [Message(id=change.id, channel="mail", event="policy.change", body="{}", due_at=change.after.observed_at)]


def reading(text: str, read: list[Document] | None = None) -> ReExtract:
    """Reads every earlier capture as that text, and notes in `read` whose it was."""

    def re_extract(document: Document, captures: Sequence[Capture], *, main: Collection[int] = ()) -> Extraction:
        if read is not None:
            read.append(document)
        return Extraction(text=text)

    return re_extract


def waiting(archive: Archive) -> int:
    with archive.reading() as database:
        return int(next(database.query("SELECT count(*) AS n FROM outbox"))["n"])


def test_a_first_text_is_new_and_told_to_nobody(archive: Archive) -> None:
    visit = Recorder(archive, TOPICS, notify=telling).observe(seen(AFTER, 0))
    assert (visit.outcome, visit.change, waiting(archive)) == (Outcome.NEW, None, 0)


def test_the_same_text_again_is_unchanged_and_makes_no_version(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    outcomes = [recorder.observe(seen(BEFORE, day)).outcome for day in range(3)]
    assert outcomes == [Outcome.NEW, Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert len(archive.versions(NORD)) == 1


def test_a_new_clause_is_a_flagged_change_whose_message_waits_with_it(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 0))
    visit = recorder.observe(seen(AFTER, 1))
    assert visit.outcome is Outcome.CHANGED
    assert visit.change is not None
    assert visit.change.topics == ("ai_training",)
    assert archive.change(visit.change.id) == visit.change
    assert waiting(archive) == 1


def test_a_change_whose_message_cannot_be_made_is_not_stored_either(archive: Archive) -> None:
    def broken(change: Change) -> Sequence[Message]:
        raise RuntimeError("no message")

    recorder = Recorder(archive, TOPICS, notify=broken)
    recorder.observe(seen(BEFORE, 0))
    with pytest.raises(RuntimeError, match="no message"):
        recorder.observe(seen(AFTER, 1))
    assert len(archive.versions(NORD)) == 1


def test_a_page_that_flips_back_is_a_return_and_told_to_nobody(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    for day, text in ((0, BEFORE), (1, AFTER), (1.5, BEFORE)):
        visit = recorder.observe(seen(text, day))
    assert visit.outcome is Outcome.RETURN
    assert waiting(archive) == 1


def test_a_clause_withdrawn_after_it_had_stood_is_news(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    for day, text in ((0, BEFORE), (30, AFTER), (45, BEFORE)):
        visit = recorder.observe(seen(text, day))
    assert visit.change is not None
    assert visit.change.judgement.kind is ChangeKind.RETURN
    assert visit.change.judgement.news
    assert waiting(archive) == 2


def test_a_collapsed_text_is_held_until_the_next_visit_finds_it_again(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    recorder.observe(seen(LONG, 0))
    first, second = recorder.observe(seen(BEFORE, 1)), recorder.observe(seen(BEFORE, 2))
    assert first.fault is not None
    assert first.fault.reason is FaultReason.COLLAPSED
    assert second.outcome is Outcome.CHANGED


def test_two_different_collapsed_texts_are_both_held(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    recorder.observe(seen(LONG, 0))
    texts = ("Something went wrong, number one.\n", "Something went wrong, number two.\n")
    visits = [recorder.observe(seen(text, day)) for day, text in enumerate(texts, start=1)]
    assert [visit.outcome for visit in visits] == [Outcome.FAULT, Outcome.FAULT]
    current = archive.current(NORD)
    assert current is not None
    assert current.text == LONG


def test_a_page_that_shrank_and_goes_on_changing_is_believed_after_a_week(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    recorder.observe(seen(LONG, 0))
    visits = [recorder.observe(seen(f"We rewrote our policy, draft {day}.\n", day)) for day in range(1, 10)]
    assert [visit.outcome for visit in visits] == [Outcome.FAULT] * 7 + [Outcome.CHANGED] * 2


def test_a_return_that_changes_only_punctuation_is_told_to_nobody(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    for day, text in ((0, AFTER), (30, AFTER.replace("models.", "models!")), (60, AFTER)):
        visit = recorder.observe(seen(text, day))
    assert visit.outcome is Outcome.RETURN
    assert waiting(archive) == 0


def test_an_empty_text_never_becomes_a_version(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    visits = [recorder.observe(seen("", day)) for day in range(3)]
    assert {visit.fault.reason for visit in visits if visit.fault} == {FaultReason.EMPTY}
    assert not archive.versions(NORD)


def test_what_our_new_extractor_reads_differently_is_an_upgrade_and_told_to_nobody(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling, re_extract=reading(AFTER))
    recorder.observe(seen(BEFORE, 0))
    visit = recorder.observe(seen(AFTER, 1, extractor="2"))
    kinds = [change.judgement.kind for change in archive.changes()]
    assert (visit.outcome, kinds, waiting(archive)) == (Outcome.UNCHANGED, [ChangeKind.UPGRADE], 0)


def test_a_page_our_new_extractor_reads_alike_is_not_read_again_at_every_visit(archive: Archive) -> None:
    read: list[Document] = []
    recorder = Recorder(archive, TOPICS, re_extract=reading(BEFORE, read))
    recorder.observe(seen(BEFORE, 0))
    for day in (1, 2, 3):
        recorder.observe(seen(BEFORE, day, extractor="2"))
    assert read == [NORD]
    current = archive.current(NORD)
    assert current is not None
    assert current.extractor == "2"


def test_a_publisher_s_change_that_comes_with_our_upgrade_is_still_told(archive: Archive) -> None:
    def retitled(text: str) -> str:
        return text.replace("# Privacy", "# Privacy notice")

    recorder = Recorder(archive, TOPICS, notify=telling, re_extract=reading(retitled(BEFORE)))
    recorder.observe(seen(BEFORE, 0))
    visit = recorder.observe(seen(retitled(AFTER), 1, extractor="2"))
    assert visit.change is not None
    assert visit.change.topics == ("ai_training",)
    assert [change.judgement.kind for change in archive.changes()] == [ChangeKind.SUBSTANTIVE, ChangeKind.UPGRADE]
    assert waiting(archive) == 1


def test_when_the_old_captures_are_gone_a_change_under_a_new_declaration_counts_as_ours(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 0))
    visit = recorder.observe(seen(AFTER, 1, declaration="another"))
    assert (visit.outcome, waiting(archive)) == (Outcome.UPGRADE, 0)


def test_our_own_change_stays_ours_when_the_first_visit_after_it_fails(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(LONG, 0))
    held = recorder.observe(seen("", 1, declaration="another"))
    again = recorder.observe(seen(LONG + AFTER, 2, declaration="another"))
    assert (held.outcome, again.outcome, waiting(archive)) == (Outcome.FAULT, Outcome.UPGRADE, 0)


def test_our_own_change_stays_ours_when_another_process_is_quicker(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db") as other:

        def meanwhile(document: Document, captures: Sequence[Capture], **_: object) -> None:
            if len(other.versions(NORD)) == 1:
                Recorder(other, TOPICS).observe(seen(BEFORE + "\nWe also keep your photos.\n", 1))

        recorder = Recorder(archive, TOPICS, notify=telling, re_extract=meanwhile)
        recorder.observe(seen(BEFORE, 0))
        visit = recorder.observe(seen(AFTER, 2, declaration="another"))
    assert (visit.outcome, waiting(archive), len(archive.versions(NORD))) == (Outcome.UPGRADE, 0, 3)


TEN_MINUTES = timedelta(minutes=10)
MINUTE = 1 / 1440


def test_news_to_be_confirmed_is_told_when_a_later_visit_sees_the_same_text(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 0, confirm=TEN_MINUTES))
    first = recorder.observe(seen(AFTER, 1, confirm=TEN_MINUTES))
    assert first.fault is not None
    assert (first.fault.reason, waiting(archive)) == (FaultReason.UNCONFIRMED, 0)
    assert archive.pasts(since=START, until=START)[NORD].unconfirmed
    second = recorder.observe(seen(AFTER, 1 + 10 * MINUTE, confirm=TEN_MINUTES))
    assert (second.outcome, waiting(archive)) == (Outcome.CHANGED, 1)
    assert not archive.pasts(since=START, until=START)[NORD].unconfirmed


def test_news_seen_again_too_soon_or_gone_at_the_second_visit_is_not_told(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 0, confirm=TEN_MINUTES))
    recorder.observe(seen(AFTER, 1, confirm=TEN_MINUTES))
    soon = recorder.observe(seen(AFTER, 1 + MINUTE, confirm=TEN_MINUTES))
    gone = recorder.observe(seen(BEFORE, 1 + 12 * MINUTE, confirm=TEN_MINUTES))
    assert (soon.outcome, gone.outcome, waiting(archive)) == (Outcome.FAULT, Outcome.UNCHANGED, 0)


def test_news_that_differs_at_every_visit_is_believed_in_the_end(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 0, confirm=TEN_MINUTES))
    outcomes = [
        recorder.observe(seen(f"{AFTER}\nYou are visitor {at}.\n", 1 + at * 10 * MINUTE, confirm=TEN_MINUTES)).outcome
        for at in range(7)
    ]
    assert outcomes == [*[Outcome.FAULT] * 6, Outcome.CHANGED]
    assert waiting(archive) == 1


def test_what_nobody_would_be_told_need_not_be_confirmed(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS)
    recorder.observe(seen(BEFORE, 0, confirm=TEN_MINUTES))
    assert recorder.observe(seen(BEFORE.upper(), 1, confirm=TEN_MINUTES)).outcome is Outcome.COSMETIC


def test_posts_that_stood_before_the_first_visit_are_kept_and_not_told(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    old, new = (Document(service="Nord", terms="Blog", post=f"https://nord.example/{name}") for name in ("old", "new"))
    backlog = recorder.observe(seen(AFTER, 0, document=old, backlog=True))
    told = recorder.observe(seen(AFTER, 1, document=new))
    assert (backlog.outcome, told.outcome, waiting(archive)) == (Outcome.POST, Outcome.POST, 1)
    assert told.change is not None
    assert told.change.topics == ("ai_training",)


def test_a_version_kept_by_another_process_meanwhile_is_judged_against(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db") as other:
        elsewhere = Recorder(other, TOPICS)

        def meanwhile(change: Change) -> Sequence[Message]:
            if len(other.versions(NORD)) == 1:
                elsewhere.observe(seen(BEFORE + "\nWe also keep your photos.\n", 1))
            return telling(change)

        recorder = Recorder(archive, TOPICS, notify=meanwhile)
        recorder.observe(seen(BEFORE, 0))
        visit = recorder.observe(seen(AFTER, 2))
    assert visit.outcome is Outcome.CHANGED
    assert len(archive.versions(NORD)) == 3


def test_a_clock_that_went_backwards_is_a_fault_of_that_document_alone(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    recorder.observe(seen(BEFORE, 10))
    visit = recorder.observe(seen(AFTER, 5))
    assert visit.fault is not None
    assert visit.fault.reason is FaultReason.CLOCK
    assert [version.text for version in archive.versions(NORD)] == [BEFORE]
    assert recorder.observe(seen(AFTER, 11)).outcome is Outcome.CHANGED


FRENCH = (
    "# Confidentialité\n\nNous gardons votre nom et votre adresse aussi longtemps que vous avez un compte chez nous.\n"
)
ENGLISH = "# Privacy\n\nWe keep your name and your address for as long as you have an account with us, and no longer.\n"


def test_a_text_in_another_language_than_the_declared_one_is_held_back_until_it_is_seen_again(archive: Archive) -> None:
    recorder = Recorder(archive, TOPICS, notify=telling)
    first = recorder.observe(replace(seen(ENGLISH, 0), language="fr"))
    assert first.fault is not None
    assert first.fault.reason is FaultReason.WRONG_LANGUAGE
    assert first.fault.what == "the text is in another language (en)"
    assert recorder.observe(replace(seen(FRENCH, 1), language="fr")).outcome is Outcome.NEW
    later = recorder.observe(replace(seen(ENGLISH, 2), language="fr"))
    assert later.fault is not None
    assert later.fault.reason is FaultReason.WRONG_LANGUAGE
    assert recorder.observe(replace(seen(ENGLISH, 3), language="fr")).outcome is Outcome.CHANGED
