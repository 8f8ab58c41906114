"""Visits are counted as they are made, so that no look at the watch goes through years of them."""

from contextlib import suppress
from pathlib import Path

import pytest

from diffing.archive import Archive, migrations, opening
from diffing.outcome import Outcome
from tests.support.archives import attempt, first, version


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
