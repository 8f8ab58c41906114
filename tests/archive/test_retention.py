"""Old captures go by age or number; versions never do, nor what is in use."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diffing.archive import Archive
from tests.support.archives import DOCUMENT, START, capture, first, following, version

TEXTS = [f"# Privacy\n\nWe keep your posts for {count} years.\n" for count in range(1, 6)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Five versions, an hour apart, each made from one capture of its own."""
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        versions = [version(text, hours=hour) for hour, text in enumerate(TEXTS)]
        captures = [capture(text.encode() * 100, hours=hour) for hour, text in enumerate(TEXTS)]
        opened.record(first(versions[0], captures[:1]))
        for number in range(1, 5):
            record = following(versions[number - 1], versions[number])
            opened.record(replace(record, captures=(captures[number],)))
        yield opened


def kept(archive: Archive) -> list[int]:
    """How many captures each version still rests on."""
    return [len(archive.captures(each.id)) for each in archive.versions(DOCUMENT)]


def test_captures_fetched_before_a_moment_are_dropped(archive: Archive) -> None:
    dropped = archive.drop_captures(before=START + timedelta(hours=2))
    assert (dropped.captures, kept(archive)) == (2, [0, 0, 1, 1, 1])
    assert dropped.size == sum(len(text) * 100 for text in TEXTS[:2])


def test_only_the_newest_of_a_source_are_kept_where_a_number_is_given(archive: Archive) -> None:
    assert archive.drop_captures(newest=2).captures == 3
    assert kept(archive) == [0, 0, 0, 1, 1]


def test_the_captures_of_the_current_version_stay_however_old(archive: Archive) -> None:
    archive.drop_captures(before=START + timedelta(days=1000), newest=0)
    assert kept(archive) == [0, 0, 0, 0, 1]
    current = archive.validators(DOCUMENT, capture().source)
    assert current is not None
    assert current.body == TEXTS[4].encode() * 100


def test_without_a_limit_nothing_is_dropped(archive: Archive) -> None:
    assert archive.drop_captures().captures == 0
    assert kept(archive) == [1] * 5


def test_no_version_is_ever_dropped(archive: Archive) -> None:
    archive.drop_captures(before=START + timedelta(days=1000), newest=0)
    assert [each.text for each in archive.versions(DOCUMENT)] == TEXTS


def test_bytes_that_another_capture_shares_stay(archive: Archive) -> None:
    other = replace(DOCUMENT, service="Other")
    archive.record(first(version(TEXTS[0], document=other), [capture(TEXTS[0].encode() * 100)]))
    archive.drop_captures(before=START + timedelta(days=1000))
    (shared,) = archive.captures(archive.versions(other)[0].id)
    assert shared.body == TEXTS[0].encode() * 100


def test_a_vacuum_gives_the_room_back(archive: Archive, tmp_path: Path) -> None:
    with archive.writing() as database:
        database.execute("INSERT INTO bodies (hash, size, body) VALUES (x'00', 1000000, randomblob(1000000))")
    archive.drop_captures()
    assert archive.vacuum() > 900_000
    assert [each.text for each in archive.versions(DOCUMENT)] == TEXTS
