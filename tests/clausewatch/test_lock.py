"""One daemon an archive; the second is told which process is the first."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausewatch.errors import HeldError
from clausewatch.lock import held, holder, path_of

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
HOLDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from clausewatch.lock import held
with held(Path(sys.argv[1]), datetime(2025, 11, 3, 12, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def holding(archive: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_told_which_process_is_the_first(tmp_path: Path) -> None:
    archive = tmp_path / "clausewatch.db"
    with holding(archive) as first:
        with pytest.raises(HeldError) as caught, held(archive, NOW):
            pass
        told = holder(archive)
        assert told is not None
        first.communicate()
    assert str(caught.value) == (
        f"{archive}: a daemon runs on this archive already (process {first.pid}, since 2025-11-03 12:00 UTC);"
        " stop that one first, or name another archive"
    )
    assert told.pid == first.pid


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path) -> None:
    archive = tmp_path / "clausewatch.db"
    with holding(archive) as first:
        first.send_signal(signal.SIGKILL)
    assert json.loads(path_of(archive).read_text())["pid"] == first.pid
    assert holder(archive) is None
    with held(archive, NOW):
        assert json.loads(path_of(archive).read_text())["pid"] == os.getpid()


def test_a_holder_that_ends_names_itself_no_longer(tmp_path: Path) -> None:
    archive = tmp_path / "clausewatch.db"
    with held(archive, NOW):
        pass
    assert (holder(archive), path_of(archive).read_text()) == (None, "")


def test_without_a_daemon_there_is_no_holder(tmp_path: Path) -> None:
    assert holder(tmp_path / "clausewatch.db") is None
