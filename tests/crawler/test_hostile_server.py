"""All that a server can do to a crawl, in one run: each case comes to what it should, within bounds."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.browser.chromium import find
from tests.support import hostile
from tests.support.hostile import CASES

SECONDS = 120
"""For all cases together, on a machine that has other things to do; alone they take about 20."""
MEGABYTES = 600
"""Of memory, the server included."""

pytestmark = [pytest.mark.timeout(2 * SECONDS), pytest.mark.xdist_group("hostile")]


@cache
def crawled() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(hostile.__file__))], capture_output=True, text=True, timeout=2 * SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", CASES)
def test_each_case_comes_to_what_it_should(name: str) -> None:
    case = CASES[name]
    if case.browser and find() is None:
        pytest.skip("Chromium is not installed")
    assert crawled()["came"][name] == (case.reason.value if case.reason else None)


def test_the_run_goes_on_to_its_end() -> None:
    assert crawled()["came"]["good"] is None
    assert crawled()["texts"]["good"] == "Terms\n=====\n\nGood text.\n"


def test_the_run_stays_within_its_bounds() -> None:
    assert crawled()["seconds"] < SECONDS
    assert crawled()["megabytes"] < MEGABYTES


def test_what_is_read_all_the_same_is_read_right() -> None:
    texts = crawled()["texts"]
    assert texts["an unknown charset"] == texts["a wrong charset"] == "caf\u00e9\n"
    assert texts["NULs"].startswith("ab text and more")
    assert texts["an entity bomb in a page"] == "text \\&b11;\n"
    assert texts["a page that differs at every load"] == "Terms\n=====\n\nGood text.\n"
