"""docs/asking.md: its commands print what the page says, and its table names every call."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diffing.archive.asking import Asking
from tests.support.command import Command, command
from tests.support.histories import History

run = pytest.fixture(command)

PAGE = (Path(__file__).parents[2] / "docs" / "asking.md").read_text("utf-8")
STEPS = re.findall(r"```console\n\$ clausewatch (.*)\n((?:.*\n)*?)```", PAGE)
START = datetime(2025, 3, 1, 9, tzinfo=UTC)
KEEP = "We keep your posts while you have an account."
SELL = "We never sell them."
TRAIN = "From 3 November 2025 we use your posts to train our AI models."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, run: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small history of the page: a clause comes, one goes and comes back, one is renumbered."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "history").mkdir()
    made = History(tmp_path / "history")
    for day, passages in enumerate(([KEEP, SELL], [KEEP, SELL, TRAIN], [KEEP, TRAIN], [f"1. {KEEP}", TRAIN, SELL])):
        made.record(
            "Nord/Privacy Policy.md", "# Privacy\n\n" + "\n\n".join(passages) + "\n", START + day * timedelta(1)
        )
    made.record("Sued/Terms of Service.md", f"# Terms\n\n{TRAIN}\n\nNo more.\n", START)
    assert run("import", "ota", "history").code == 0
    return tmp_path


def test_the_page_shows_every_way_of_asking() -> None:
    assert [typed.split()[0] for typed, _ in STEPS] == ["blame", "search", "show", "diff", "export", "export", "import"]


@pytest.mark.parametrize(("typed", "printed"), STEPS, ids=[typed for typed, _ in STEPS])
def test_a_step_prints_what_the_page_says(run: Command, typed: str, printed: str) -> None:
    ran = run(*shlex.split(typed))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == printed


def test_every_call_is_named() -> None:
    calls = [name for name in vars(Asking) if not name.startswith("_")]
    assert [name for name in calls if f"`{name}(" not in PAGE] == []
