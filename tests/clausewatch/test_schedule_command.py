"""What the daemon visits next, as a person reads it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clausewatch import wiring
from clausewatch.config import Config, Daemon
from clausewatch.errors import ConfigError
from clausewatch.schedule import Schedule
from crawler.declarations import load
from diffing.archive import Archive
from diffing.archive.record import Attempt
from diffing.fact import Fact, FactName
from diffing.outcome import Outcome
from tests.support.archives import DOCUMENT, NEW, START, first, following, version
from tests.support.command import Command, command

run = pytest.fixture(command)
SOON = START + timedelta(days=46)
"""A day before 3 November 2025 at midnight, about."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the declaration of one service and no visit yet."""
    (tmp_path / "clausewatch.toml").write_text('targets = ["declarations"]\n')
    (tmp_path / "declarations").mkdir()
    page = {"fetch": "https://examplar.test/privacy", "select": "main"}
    terms = {"Privacy Policy": page, "Terms of Service": {**page, "watch": {"cron": "0 6 * * 1-5"}}}
    (tmp_path / "declarations" / "Examplar.json").write_text(json.dumps({"name": "Examplar", "terms": terms}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_terms_never_visited_are_due_now(here: Path, run: Command) -> None:
    said = run("schedule")
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["Next", "visit", "Last", "visit", "Pace", "Terms"],
        ["now", "never", "1d", "Examplar", "·", "Privacy", "Policy"],
        ["now", "never", "0", "6", "*", "*", "1-5", "UTC", "Examplar", "·", "Terms", "of", "Service"],
    ]
    assert max(map(len, said.out.splitlines())) <= 80


def test_asking_makes_no_archive(here: Path, run: Command) -> None:
    run("schedule")
    assert not list(here.glob("*.db*"))
    assert not list(here.glob(":memory:*"))


def test_the_rest_is_said_to_be_there(here: Path, run: Command) -> None:
    assert run("schedule", "--limit", "1").out.splitlines()[-1] == "1 more; see them with --limit 2."


def test_terms_that_cannot_be_scheduled_are_named_and_the_others_are_not_stopped(here: Path, run: Command) -> None:
    bad = {"fetch": "https://other.test/privacy", "select": "main", "watch": {"cron": "often"}}
    (here / "declarations" / "Other.json").write_text(json.dumps({"name": "Other", "terms": {"Privacy Policy": bad}}))
    said = run("schedule")
    assert "Examplar · Privacy Policy" in said.out
    told = said.out.replace("\n", "").replace(" ", "")
    assert 'Other.json:terms"PrivacyPolicy":key"cron"is\'often\';givefivefields' in told


def test_as_json_every_visit_is_an_object(here: Path, run: Command) -> None:
    first_line = run("schedule", "--json").lines[0]
    assert (first_line["service"], first_line["terms"], first_line["last"]) == ("Examplar", "Privacy Policy", None)
    assert datetime.fromisoformat(first_line["next"]) <= wiring.now_utc()


def test_an_announced_date_brings_the_next_visit_forward(here: Path) -> None:
    told = Fact(name=FactName.EFFECTIVE_DATE, value="2025-11-03", quote="two", passage=0, start=0, end=3)
    config, old, new = Config(), version(), version(NEW, hours=1)
    with Archive.open(here / "clausewatch.db") as kept:
        kept.record(first(old))
        kept.record(following(old, new, facts=(told,)))
        schedule = Schedule(config, load([here / "declarations"]))
        kept.attempt(Attempt(document=DOCUMENT, at=SOON, outcome=Outcome.UNCHANGED, version_id=new.id))
        (after,) = [one for one in schedule.planned(kept, SOON) if one.declaration.document == DOCUMENT]
    assert timedelta(hours=6) <= after.at - SOON <= timedelta(hours=6.6)


@pytest.mark.parametrize("key", ["every", "fastest", "slowest", "spread"])
def test_a_wrong_interval_names_its_key(key: str) -> None:
    with pytest.raises(ConfigError, match=rf"^daemon\.{key}: 'often' is no interval"):
        Schedule(Config(daemon=Daemon(**{key: "often"})), ())


def test_a_wrong_time_zone_names_its_key() -> None:
    with pytest.raises(ConfigError) as caught:
        Schedule(Config(daemon=Daemon(timezone="Paris")), ())
    assert str(caught.value) == "daemon.timezone: 'Paris' is no time zone; write its IANA name: Europe/Paris"
