"""Visits are counted as they are made, so that no look at the watch goes through years of them."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from diffing.archive import Archive, migrations, opening
from diffing.outcome import Outcome
from diffing.version import Document
from tests.support.archives import START, attempt, first, version


class Stopped(Exception):  # noqa: N818
    """What undoes a transaction in a test."""


def test_visits_are_counted_by_outcome_and_those_undone_are_not(tmp_path: Path) -> None:
    seen = version()
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        archive.record(first(seen))
        archive.attempt(attempt(seen, Outcome.UNCHANGED))
        archive.attempt(attempt(seen, Outcome.UNCHANGED))
        with suppress(Stopped), archive.batch():
            archive.attempt(attempt(seen, Outcome.UNCHANGED))
            raise Stopped
        assert archive.counts().outcomes == {"new": 1, "unchanged": 2}


def test_visits_made_before_they_were_counted_are_counted_when_the_schema_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, seen, counting = tmp_path / "clausewatch.db", version(), migrations.m008_counted.apply
    monkeypatch.setattr(opening, "STEPS", migrations.STEPS[: migrations.STEPS.index(counting)])
    monkeypatch.setattr(opening, "LATEST", migrations.STEPS.index(counting))
    with Archive.open(file) as archive:
        archive.record(first(seen))
        archive.attempt(attempt(seen, Outcome.UNCHANGED))
    monkeypatch.undo()
    with Archive.open(file) as archive:
        assert archive.counts().outcomes == {"new": 1, "unchanged": 1}


def test_the_last_visit_is_the_newest_also_where_histories_were_imported_one_after_the_other(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        assert archive.counts().last_visit is None
        archive.record(first(version(hours=9)))
        archive.record(first(version(hours=2, document=Document(service="Another", terms="Privacy Policy"))))
        assert archive.counts().last_visit == START + timedelta(hours=9)
