"""Since when each passage of a version stands there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diffing.archive import Archive
from diffing.archive.blame import Blame
from diffing.archive.record import Record
from diffing.version import Document, Version
from tests.support.archives import DOCUMENT, START, attempt, change, first, following, version

KEEP = "We keep your posts for a year."
SELL = "We never sell them."
TRAIN = "We train models on them."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "clausewatch.db") as opened:
        yield opened


def text(*passages: str) -> str:
    return "\n\n".join(passages) + "\n"


def store(archive: Archive, *texts: str, document: Document = DOCUMENT, after: float = 0) -> list[Version]:
    """Record texts a day apart."""
    stored: list[Version] = []
    for day, one in enumerate(texts):
        made = version(one, hours=after + 24 * day, document=document)
        assert archive.record(following(stored[-1], made) if stored else first(made))
        stored.append(made)
    return stored


def days(found: Blame | None) -> list[tuple[str, int, int]]:
    """Each passage, since which day it stands, and on which it was first seen."""
    assert found is not None
    return [(one.passage.text, (one.since - START).days, (one.first - START).days) for one in found.passages]


def test_each_passage_has_the_day_it_came(archive: Archive) -> None:
    store(archive, text(KEEP), text(KEEP, TRAIN), text(SELL, KEEP, TRAIN))
    assert days(archive.asking.blame(DOCUMENT)) == [(SELL, 2, 2), (KEEP, 0, 0), (TRAIN, 1, 1)]


def test_a_passage_that_went_and_came_back_stands_since_it_came_back(archive: Archive) -> None:
    store(archive, text(KEEP, TRAIN), text(KEEP), text(KEEP, TRAIN))
    assert days(archive.asking.blame(DOCUMENT)) == [(KEEP, 0, 0), (TRAIN, 2, 0)]


def test_blame_of_a_day_knows_nothing_of_what_came_later(archive: Archive) -> None:
    store(archive, text(KEEP, TRAIN), text(KEEP), text(KEEP, TRAIN), text(SELL))
    assert days(archive.asking.blame(DOCUMENT, START + timedelta(hours=23))) == [(KEEP, 0, 0), (TRAIN, 0, 0)]
    assert days(archive.asking.blame(DOCUMENT, START + timedelta(hours=24))) == [(KEEP, 0, 0)]
    assert days(archive.asking.blame(DOCUMENT, START + timedelta(hours=71))) == [(KEEP, 0, 0), (TRAIN, 2, 0)]
    assert archive.asking.blame(DOCUMENT, START - timedelta(seconds=1)) is None


def test_a_clause_that_was_only_renumbered_or_dressed_anew_keeps_its_day(archive: Archive) -> None:
    store(archive, text(f"1. {KEEP}", SELL), text(SELL, f"*   **2.** {KEEP.upper()}"))
    assert [since for _, since, _ in days(archive.asking.blame(DOCUMENT))] == [0, 0]


def test_it_names_the_version_and_the_change_that_brought_a_passage(archive: Archive) -> None:
    old, new = store(archive, text(KEEP), text(KEEP, TRAIN))
    found = archive.asking.blame(DOCUMENT)
    assert found is not None
    assert found.version == new
    assert [(one.version_id, one.change_id) for one in found.passages] == [
        (old.id, None),
        (new.id, change(old, new).id),
    ]


def test_what_another_document_says_does_not_count(archive: Archive) -> None:
    other = replace(DOCUMENT, service="Other")
    store(archive, text(TRAIN), document=other)
    store(archive, text(TRAIN), after=48)
    assert days(archive.asking.blame(DOCUMENT)) == [(TRAIN, 2, 2)]


def test_blame_keeps_up_with_what_is_recorded_after_it_was_asked(archive: Archive) -> None:
    (old,) = store(archive, text(KEEP))
    archive.asking.blame(DOCUMENT)
    archive.record(following(old, version(text(KEEP, TRAIN), hours=24)))
    assert days(archive.asking.blame(DOCUMENT)) == [(KEEP, 0, 0), (TRAIN, 1, 1)]


def test_a_version_recorded_late_is_put_where_it_belongs(archive: Archive) -> None:
    old, _ = store(archive, text(KEEP), text(KEEP, TRAIN))
    archive.asking.blame(DOCUMENT)
    between = version(text(KEEP, TRAIN, SELL), hours=12)
    archive.record(Record(version=between, attempt=attempt(between), change=change(old, between)))
    found = archive.asking.blame(DOCUMENT)
    assert found is not None
    assert [one.version_id for one in found.passages] == [old.id, between.id]


def test_an_unknown_document_has_no_blame(archive: Archive) -> None:
    assert archive.asking.blame(replace(DOCUMENT, terms="Cookies")) is None
