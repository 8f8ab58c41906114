"""An import holds the archive for a batch at a time, and lets others write in between."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausewatch.cli import state
from diffing.archive import Archive
from diffing.archive.errors import LockedArchive
from tests.support.command import Command, command
from tests.support.histories import History

MAY = datetime(2025, 5, 1, tzinfo=UTC)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Command]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clausewatch.toml").write_text('archive = "a.db"\n')
    yield command(monkeypatch, capsys)
    state.config_file = None


def test_others_can_write_between_two_batches(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    kept = History(tmp_path / "kept")
    for day in range(5):
        kept.record("Nord/Privacy Policy.md", f"# Privacy\n\nWe keep it for {day} days.\n", MAY + timedelta(days=day))
    monkeypatch.setattr("clausewatch.cli.imports.BATCH", 2)
    wrote: list[bool] = []

    def another_writes(seconds: float) -> None:
        with Archive.open(tmp_path / "a.db", wait_ms=0) as other:
            try:
                other.end_wait("nowhere")
            except LockedArchive:
                wrote.append(False)
            else:
                wrote.append(seconds > 0)

    monkeypatch.setattr(time, "sleep", another_writes)
    assert run("import", "ota", "kept").code == 0
    assert wrote == [True, True, True]
