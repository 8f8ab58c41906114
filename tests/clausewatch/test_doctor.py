"""What the doctor finds, and what it says to do."""

import json
import sqlite3
from pathlib import Path

import pytest

from clausewatch.lock import held
from diffing.archive import Archive
from tests.support.archives import START, first, version
from tests.support.command import Command, Ran, command
from tests.support.receiver import Receiver, Reply, receiving

run = pytest.fixture(command)
CHANNEL = """
[channels.hook]
type = "webhook"
url = "{url}"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
allow_private = true
[[subscriptions]]
channel = "hook"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a declaration, a configuration and an archive of one version."""
    (tmp_path / "declarations").mkdir()
    terms = {"Privacy Policy": {"fetch": "https://examplar.test/privacy", "select": "main"}}
    (tmp_path / "declarations" / "Examplar.json").write_text(json.dumps({"name": "Examplar", "terms": terms}))
    (tmp_path / "clausewatch.toml").write_text('targets = ["declarations"]\n')
    with Archive.open(tmp_path / "clausewatch.db") as archive:
        archive.record(first(version()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(ran: Ran) -> dict[str, tuple[str, str, str]]:
    """Verdict, what was found and what to do, by what was looked at."""
    return {one["name"]: (one["verdict"], one["said"], one["todo"]) for one in ran.lines}


def configured(here: Path, receiver: Receiver) -> None:
    (here / "clausewatch.toml").write_text('targets = ["declarations"]\n' + CHANNEL.format(url=receiver.url))


def test_a_sound_watch_is_ok_and_the_missing_daemon_a_warning(here: Path, run: Command) -> None:
    said = run("doctor", "--json")
    checks = found(said)
    assert said.code == 0
    assert checks["archive"] == ("ok", f"{here}/clausewatch.db: sound, 1 versions", "")
    assert checks["targets"] == ("ok", "1 terms are declared", "")
    assert checks["daemon"][0] == "warning"
    assert checks["subscriptions"] == (
        "warning",
        "nobody is told of anything",
        "add a [[subscriptions]] table, unless nobody is to be told",
    )


def test_it_fits_a_terminal_of_80_columns(here: Path, run: Command) -> None:
    said = run("doctor").out
    assert "archive" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_running_daemon_is_named(here: Path, run: Command) -> None:
    with held(here / "clausewatch.db", START):
        assert found(run("doctor", "--json"))["daemon"][0] == "ok"


def test_a_wrong_configuration_is_all_it_says(here: Path, run: Command) -> None:
    (here / "clausewatch.toml").write_text("archiv = 1\n")
    said = run("doctor", "--json")
    assert said.code == 1
    assert found(said) == {
        "configuration": ("wrong", f"{here}/clausewatch.toml: unknown key 'archiv'", "did you mean 'archive'?")
    }


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[daemon]\nevery = "often"\n', "daemon.every: 'often' is no interval"),
        ('[daemon]\ntimezone = "Mars"\n', "daemon.timezone: 'Mars' is no time zone"),
        ('[keeping]\ndeliveries_for = "7d"\n', "keeping.deliveries_for: '7d' is less than 30 days"),
    ],
)
def test_what_the_daemon_would_not_start_with_is_wrong(here: Path, run: Command, table: str, said: str) -> None:
    (here / "clausewatch.toml").write_text(table)
    checks = found(run("doctor", "--json"))
    assert {name: (verdict, what) for name, (verdict, what, _) in checks.items()} == {"configuration": ("wrong", said)}


def test_a_damaged_archive_is_wrong_and_the_rest_is_looked_at(here: Path, run: Command) -> None:
    content = bytearray((here / "clausewatch.db").read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (here / "clausewatch.db").write_bytes(content)
    said = run("doctor", "--json")
    checks = found(said)
    assert (said.code, checks["archive"][0], checks["archive"][2]) == (1, "wrong", "restore a backup")
    assert checks["disk"][0] == "ok"


def test_a_broken_declaration_is_named(here: Path, run: Command) -> None:
    (here / "declarations" / "Broken.json").write_text("{")
    said = run("doctor", "--json")
    assert said.code == 1
    assert "Broken.json" in found(said)["targets"][1]


def test_a_clock_behind_the_record_is_wrong(here: Path, run: Command) -> None:
    with sqlite3.connect(here / "clausewatch.db") as database:
        database.execute("UPDATE attempts SET at = 32503680000000")  # the year 3000
    database.close()
    said = run("doctor", "--json")
    checks = found(said)
    assert (said.code, checks["clock"][0]) == (1, "wrong")
    assert checks["clock"][1].endswith("hours in the future")


def test_without_an_archive_it_says_that_there_is_none_yet(here: Path, run: Command) -> None:
    (here / "clausewatch.db").unlink()
    assert found(run("doctor", "--json"))["archive"] == ("ok", f"{here}/clausewatch.db: there is none yet", "")
    assert not (here / "clausewatch.db").exists()


def test_nothing_is_sent_unless_asked_for(here: Path, run: Command) -> None:
    with receiving() as receiver:
        configured(here, receiver)
        checks = found(run("doctor", "--json"))
        assert receiver.received == []
        assert checks["channel hook"] == ("ok", "can be used; try it with --send", "")
        assert found(run("doctor", "--send", "--json"))["channel hook"][0] == "ok"
        assert len(receiver.received) == 1


def test_a_channel_that_takes_no_test_is_wrong(here: Path, run: Command) -> None:
    with receiving(then=Reply(500)) as receiver:
        configured(here, receiver)
        said = run("doctor", "--send", "--json")
    assert (said.code, found(said)["channel hook"][0]) == (1, "wrong")
