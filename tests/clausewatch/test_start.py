"""A command loads what it needs and no more."""

import subprocess
import sys

import pytest

from clausewatch import wiring
from clausewatch.cli.main import COMMANDS, named

SHOW_LOADED = """
import sys
from clausewatch.cli.main import load_commands
load_commands([sys.argv[1]])
print([name for name in ("scrapy", "playwright", "litestar", "apprise", "weasyprint") if name in sys.modules])
"""


@pytest.mark.parametrize("command", ["history", "changes", "status", "search", "backup", "doctor"])
def test_a_command_that_only_reads_the_archive_loads_no_crawler(command: str) -> None:
    done = subprocess.run([sys.executable, "-c", SHOW_LOADED, command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_all_commands_are_known_when_the_one_asked_for_is_not() -> None:
    assert named(["histroy", "Nord"]) == named(["--help"]) == named([]) == tuple(COMMANDS)


def test_the_value_of_an_option_is_not_taken_for_the_command() -> None:
    assert named(["--config", "crawl", "history", "status"]) == ("history",)


@pytest.mark.parametrize("name", wiring.__all__)
def test_each_part_of_the_wiring_is_found_where_it_is_said_to_be(name: str) -> None:
    assert getattr(wiring, name).__module__.startswith("clausewatch.") or callable(getattr(wiring, name))


def test_the_wiring_has_no_other_part() -> None:
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        _ = wiring.nothing_of_that_name
