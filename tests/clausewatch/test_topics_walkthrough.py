"""The steps of docs/topics.md print what the page says."""

import re
import shlex
from pathlib import Path

import pytest

from data import folder
from tests.support.command import Command, command

run = pytest.fixture(command)

PAGE = Path(__file__).parents[2] / "docs" / "topics.md"
STEPS = re.findall(r"```console\n +\$ clausewatch (.*)\n((?:.*\n)*?) +```", PAGE.read_text("utf-8"))
POLICY = """# Security

We store voiceprints of callers. The rest of what we keep about you is told on the other pages of this policy.
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder as it is after the first step."""
    example = folder("topics") / "examples" / "biometric_data.yaml"
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / example.name).write_bytes(example.read_bytes())
    (tmp_path / "policy.md").write_text(POLICY)
    monkeypatch.chdir(tmp_path)


def test_the_page_has_its_steps() -> None:
    assert len(STEPS) == 2


@pytest.mark.parametrize(("typed", "printed"), STEPS)
def test_a_step_prints_what_the_page_says(run: Command, typed: str, printed: str) -> None:
    ran = run(*shlex.split(typed))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split() == printed.split()


def test_a_configured_topic_is_listed(run: Command, tmp_path: Path) -> None:
    (tmp_path / "clausewatch.toml").write_text('topics = ["topics"]\n')
    assert "biometric_data" in {one["name"] for one in run("topics", "list", "--json").lines}
