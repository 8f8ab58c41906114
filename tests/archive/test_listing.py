"""Changes page by page, with filters and counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diffing.archive import Archive
from diffing.archive.listing import Counts, Wanted
from diffing.change import ChangeKind, Severity
from diffing.edit import EditKind
from diffing.flag import Effect, Flag, Stance
from diffing.version import Document
from tests.support.archives import DOCUMENT, START, first, following, version

OTHER = Document(service="Nord", terms="Terms of Service", collection="abroad")
FLAG = Flag(
    topic="ai_training",
    stance=Stance.PERMITS,
    effect=Effect.INTRODUCES,
    edit=0,
    before=None,
    after="We train.",
    evidence="train",
    rule="r",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Seven changes of DOCUMENT an hour apart, the third flagged, and one of OTHER at the same hour as the fifth."""
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        before = version("0\n")
        opened.record(first(before))
        for hour in range(1, 8):
            after = version("".join(f"{n} stands here\n" for n in range(hour)), hours=hour)
            flagged = hour == 3
            severity = Severity.HIGH if flagged else Severity.LOW
            opened.record(following(before, after, flags=(FLAG,) * flagged, severity=severity))
            before = after
        old = version("a b\n", document=OTHER)
        opened.record(first(old))
        new = version("a  b\n", hours=5, document=OTHER)
        opened.record(following(old, new, kind=ChangeKind.COSMETIC, news=False, edits=()))
        yield opened


def hours(archive: Archive, wanted: Wanted) -> list[float]:
    return [(one.after_at - START) / timedelta(hours=1) for one in archive.asking.changes(wanted).items]


def test_pages_follow_one_another_without_gap_or_repetition(archive: Archive) -> None:
    seen, after = [], None
    sizes = []
    while True:
        page = archive.asking.changes(limit=3, after=after)
        sizes.append(len(page.items))
        seen += [one.id for one in page.items]
        after = page.next
        if after is None:
            break
    assert sizes == [3, 3, 2]
    assert seen == [change.id for change in archive.changes()]


def test_a_page_stays_where_it_was_when_something_new_comes_in(archive: Archive) -> None:
    page = archive.asking.changes(limit=3)
    before = archive.asking.changes(limit=3, after=page.next)
    current = archive.current(DOCUMENT)
    assert current is not None
    archive.record(following(current, version("new\n", hours=9)))
    assert archive.asking.changes(limit=3, after=page.next) == before


def test_a_list_that_ends_with_a_page_has_no_next(archive: Archive) -> None:
    assert archive.asking.changes(limit=8).next is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(service="Nord"), [5]),
        (Wanted(collection=""), [7, 6, 5, 4, 3, 2, 1]),
        (Wanted(terms="Privacy Policy", post=""), [7, 6, 5, 4, 3, 2, 1]),
        (Wanted(post="https://examplar.test/post"), []),
        (Wanted(kind=ChangeKind.COSMETIC), [5]),
        (Wanted(news=False), [5]),
        (Wanted(severity=Severity.HIGH), [3]),
        (Wanted(topic="ai_training"), [3]),
        (Wanted(topic="ai_training", effect=Effect.LIMITS), []),
        (Wanted(stance=Stance.PERMITS, effect=Effect.INTRODUCES), [3]),
        (Wanted(since=START + timedelta(hours=3), until=START + timedelta(hours=5)), [4, 3]),
    ],
)
def test_filters(archive: Archive, wanted: Wanted, expected: list[float]) -> None:
    assert hours(archive, wanted) == expected
    assert archive.asking.counts(wanted).changes == len(expected)


def test_a_line_says_what_the_whole_change_says(archive: Archive) -> None:
    for one in archive.asking.changes().items:
        change = archive.change(one.id)
        assert change is not None
        assert change.before is not None
        assert (one.before_id, one.before_at) == (change.before.id, change.before.observed_at)
        assert (one.after_id, one.after_at, one.url) == (change.after.id, change.after.observed_at, change.after.url)
        assert (one.document, one.kind, one.flags) == (
            change.after.document,
            change.judgement.kind,
            change.judgement.flags,
        )
        kinds = [edit.kind for edit in change.judgement.edits]
        assert one.counts == {kind: kinds.count(kind) for kind in EditKind if kind in kinds}


def test_counts_by_kind_severity_and_topic(archive: Archive) -> None:
    assert archive.asking.counts() == Counts(
        changes=8,
        news=7,
        flagged=1,
        kinds={ChangeKind.SUBSTANTIVE: 7, ChangeKind.COSMETIC: 1},
        severities={Severity.LOW: 7, Severity.HIGH: 1},
        topics={"ai_training": 1},
    )
    assert archive.asking.counts(Wanted(service="Nobody")) == Counts(changes=0, news=0, flagged=0)


@pytest.mark.parametrize("after", ["", "x", "1-", "-", "1;DROP TABLE versions-3", "9" * 30 + "-1"])
def test_a_damaged_place_ends_the_list_and_breaks_nothing(archive: Archive, after: str) -> None:
    assert archive.asking.changes(after=after).items == ()


def test_documents_of_a_blog_are_told_apart(archive: Archive) -> None:
    post = replace(DOCUMENT, terms="Blog", post="https://examplar.test/post")
    made = version("We train.\n", hours=10, document=post)
    archive.record(following(None, made, kind=ChangeKind.POST))  # type: ignore[arg-type]
    (one,) = archive.asking.changes(Wanted(post=post.post)).items
    assert (one.document, one.before_id, one.kind) == (post, None, ChangeKind.POST)
