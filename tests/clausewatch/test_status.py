"""How the watch stands, as a person and as a program reads it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from clausewatch import wiring
from clausewatch.config import load
from clausewatch.lock import held
from diffing.archive import Archive
from diffing.archive.record import Attempt
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from tests.support.archives import DOCUMENT, NEW, START, first, following, version
from tests.support.command import Command, command

run = pytest.fixture(command)
BLOCKED = Fault(reason=FaultReason.BLOCKED, where="https://examplar.test", what="a wall stands there", todo="look")


def faulted(hours: float) -> Attempt:
    return Attempt(
        document=DOCUMENT, at=START + timedelta(hours=hours), outcome=Outcome.FAULT, fault=BLOCKED, version_id=None
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions, one alert that waits, and three faults in a row since."""
    (tmp_path / "clausewatch.toml").write_text('targets = ["declarations"]\n')
    (tmp_path / "declarations").mkdir()
    terms = {"Privacy Policy": {"fetch": "https://examplar.test/privacy", "select": "main"}}
    (tmp_path / "declarations" / "Examplar.json").write_text(json.dumps({"name": "Examplar", "terms": terms}))
    old, new = version(), version(NEW, hours=1)
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        archive.record(first(old))
        archive.attempt(faulted(0.5))
        archive.record(following(old, new, channels=["mail"]))
        for hours in (25, 49, 73):
            archive.attempt(faulted(hours))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_fault_is_told_with_its_age_and_what_to_do(here: Path, run: Command) -> None:
    said = run("status").out
    assert "Faults (1)" in said.splitlines()
    told = "Examplar · Privacy Policy: blocked since 2025-09-19 09:00, 3 visits: a wall stands there; look"
    assert told in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= 80


def test_what_is_kept_and_what_waits_is_counted(here: Path, run: Command) -> None:
    said = run("status").out
    assert "Kept     2 versions of 1 texts" in said
    assert "Changes  1 substantive" in said
    assert "Alerts   1 waiting, waiting since 2025-09-18 09:00" in said
    assert "Daemon   does not run" in said


def test_a_fault_that_is_over_is_told_no_longer(here: Path, run: Command) -> None:
    with Archive.open(here / "clausewatch.db") as archive:
        ended = Attempt(document=DOCUMENT, at=START + timedelta(hours=80), outcome=Outcome.UNCHANGED, version_id=None)
        archive.attempt(ended)
    assert "Faults" not in run("status").out


def test_the_daemon_that_runs_is_named(here: Path, run: Command) -> None:
    with held(here / "clausewatch.db", START):
        assert "Daemon   runs: process" in run("status").out


def test_as_json_it_is_one_object_with_the_same_in_it(here: Path, run: Command) -> None:
    (told,) = run("status", "--json").lines
    assert (told["versions"], told["changes"], told["alerts"]["waiting"]) == (2, {"substantive": 1}, 1)
    assert (told["faults"][0]["reason"], told["faults"][0]["visits"]) == ("blocked", 3)
    assert (told["daemon"], told["targets"], told["due"]) == (None, 1, 1)


def test_the_lag_is_how_long_the_longest_waiting_terms_have_been_due(here: Path) -> None:
    config = load(here / "clausewatch.toml", {"CLAUSEWATCH__DAEMON__EVERY": "12h", "CLAUSEWATCH__DAEMON__JITTER": "0"})
    with Archive.open(here / "clausewatch.db") as archive:
        moment = START + timedelta(hours=100)  # last visit at 73, changed two weeks ago at most: every 6 hours
        found = wiring.report(config, archive, now=lambda: moment)
    assert (found.due, found.lag) == (1, timedelta(hours=21))


def test_without_an_archive_it_says_so(tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("status")
    assert (said.code, said.err) == (
        1,
        f"clausewatch: {tmp_path}/clausewatch.db: there is no archive yet; crawl or import something first\n",
    )
