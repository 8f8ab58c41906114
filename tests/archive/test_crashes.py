"""Nothing reported as stored is lost, and nothing is doubled, whatever happens to the process."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from diffing.archive import Archive
from tests.support.archives import DOCUMENT

RECORDING = Path(__file__).parents[1] / "support" / "recording.py"
COUNT = 60


def recorder(file: Path, service: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(RECORDING), str(file), service, str(COUNT)],
        stdout=subprocess.PIPE,
        text=True,
    )


def reported(process: "subprocess.Popen[str]", *, kill_after: int | None = None) -> list[str]:
    """What it printed, whole lines; killed without warning once it has printed so many."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if len(lines) == kill_after:
            process.kill()
    process.stdout.close()
    process.wait()
    return [line.strip() for line in lines if line.endswith("\n")]


def whole(archive: Archive) -> None:
    """The file is sound, every part of every record is there, and texts read back are what was stored."""
    with archive.reading() as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        versions, changes, attempts, messages, captures = (
            database[name].count for name in ("versions", "changes", "attempts", "outbox", "captures")
        )
    documents = archive.documents()
    assert attempts == versions
    assert changes == versions - len(documents)
    assert messages == 2 * changes
    assert captures == len(documents)
    assert sum(len(archive.versions(document)) for document in documents) == versions


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_recorder_loses_nothing_it_reported_and_the_next_run_does_the_rest(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "clausewatch.db"
    chance = random.Random(seed)
    told: set[str] = set()
    for _ in range(3):
        told.update(reported(recorder(file, "Examplar"), kill_after=chance.randint(1, COUNT - 1)))
        with Archive.open(file) as archive:
            whole(archive)
            assert told <= {stay.version_id for stay in archive.stays(DOCUMENT)}
    every = reported(recorder(file, "Examplar"))
    with Archive.open(file) as archive:
        whole(archive)
        assert [stay.version_id for stay in archive.stays(DOCUMENT)] == every


def test_two_processes_that_write_at_once_both_succeed(tmp_path: Path) -> None:
    file = tmp_path / "clausewatch.db"
    running = [recorder(file, service) for service in ("One", "Two")]
    every = [reported(process) for process in running]
    with Archive.open(file) as archive:
        whole(archive)
        for service, ids in zip(("One", "Two"), every, strict=True):
            stays = archive.stays(replace(DOCUMENT, service=service))
            assert [stay.version_id for stay in stays] == ids
            assert len(ids) == COUNT


def test_a_new_archive_that_another_process_is_just_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clausewatch.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pauses: list[float] = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            other.execute("ROLLBACK")

        monkeypatch.setattr("diffing.archive.connection.time.sleep", pause)
        with Archive.open(file, wait_ms=10_000) as archive:
            assert archive.documents() == ()
    assert len(pauses) == 1
