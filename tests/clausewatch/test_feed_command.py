"""`clausewatch feed`."""

from pathlib import Path

import feedparser
import pytest

from clausewatch import wiring
from clausewatch.config import Config
from diffing.archive.record import Attempt, Record
from diffing.outcome import Outcome
from tests.support import changes
from tests.support.command import Command, command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)
    return command(monkeypatch, capsys)


def kept(folder: Path) -> None:
    change = changes.change()
    assert change.before is not None
    with wiring.archive(Config(archive=folder / "clausewatch.db")) as archive:
        for version, found in ((change.before, None), (change.after, change)):
            attempt = Attempt(document=version.document, at=version.observed_at, outcome=Outcome.CHANGED)
            archive.record(Record(version=version, attempt=attempt, change=found))


def test_the_latest_changes_are_printed_or_put_in_a_file(tmp_path: Path, run: Command) -> None:
    kept(tmp_path)
    printed = run("feed", "--topic", "ai_training").out.encode()
    run("feed", "-o", str(tmp_path / "feed.atom"), "--service", "Platform")
    for source in (printed, (tmp_path / "feed.atom").read_bytes()):
        assert [entry.title for entry in feedparser.parse(source).entries] == [
            "Platform · Privacy Policy · AI training introduced, from 3 Nov 2025"
        ]
    assert [path.name for path in tmp_path.glob(".feed*")] == []


def test_a_file_that_cannot_be_written_is_told_in_a_line(tmp_path: Path, run: Command) -> None:
    kept(tmp_path)
    ran = run("feed", "-o", str(tmp_path / "nowhere" / "feed.atom"))
    assert ran.code == 2
    assert "cannot be written (No such file or directory); name another file" in ran.err
