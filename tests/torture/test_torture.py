"""The short form of `make torture`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.torture.__main__ import troubles

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("torture")]  # one run for all, half a minute alone


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """A run of its own process: it forks, which a process that runs tests should not."""
    command = [sys.executable, "-m", "tests.torture", "--kills", "4", "--terms", "12", "--hours", "13"]
    command += ["--seed", "2", "--json"]  # a seed whose storms strike while pages are asked for
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told


def test_nothing_is_lost_or_doubled_whatever_is_killed(results: dict[str, Any]) -> None:
    assert troubles(results) == []


def test_the_kills_struck_and_there_was_something_to_lose(results: dict[str, Any]) -> None:
    assert [results[name]["kills"] for name in ("crawling", "keeping", "importing", "delivering")] == [4] * 4
    assert results["crawling"]["rows"]["alerts"]["reference"] > 10
    assert results["keeping"]["rows"]["changes"]["reference"] > 10
    assert results["importing"]["rows"]["changes"]["reference"] > 10
    assert (results["delivering"]["made"], results["delivering"]["received"]) == (40, 40)


def test_the_daemon_met_trouble_and_told_of_every_change(results: dict[str, Any]) -> None:
    long = results["long run"]
    assert {"no network", "receiver down"} <= set(long["met"])
    assert long["made"] > 10
    assert long["lost"] == 0
