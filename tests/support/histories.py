"""Small git histories in the layout of the Open Terms Archive, written by the tests."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.support.command import Command

START: Final = datetime(2025, 3, 1, 9, tzinfo=UTC)
DAY: Final = timedelta(days=1)
KEEP: Final = "We keep your posts while you have an account."
TRAIN: Final = "From 3 November 2025 we use your posts to train our generative AI models."
SELL: Final = "We never sell <b>your</b> data, [ever](javascript:alert(1))."


class History:
    """A git repository that a test fills, one recorded version a commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def record(self, path: str, text: str, at: datetime, subject: str = "Record new changes of it") -> None:
        """Commit `text` as the file at `path`, authored at `at`."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject, environment={"GIT_AUTHOR_DATE": at.isoformat()})

    def bundle(self, path: Path) -> Path:
        """The history as a bundle without a HEAD, as archives hand them out."""
        self.git("bundle", "create", "--quiet", str(path), "main")
        return path

    def git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run git in the repository, as a person of its own and free of the machine's configuration."""
        person = {
            f"GIT_{role}_{part}": "archive@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | person | alone | dict(environment or {}),
        )
        return done.stdout


def of_two_services(tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive of four days of Nord's policy and one of Sued's terms, and the history they are of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "history").mkdir()
    made = History(tmp_path / "history")
    for day, passages in enumerate(([KEEP, SELL], [KEEP, SELL, TRAIN], [KEEP, TRAIN], [f"1. {KEEP}", TRAIN, SELL])):
        made.record("Nord/Privacy Policy.md", "# Privacy\n\n" + "\n\n".join(passages) + "\n", START + day * DAY)
    made.record("Sued/Terms of Service.md", f"# Terms\n\n{TRAIN}\n\nNo more.\n", START)
    assert run("import", "ota", "history").code == 0
    return tmp_path
