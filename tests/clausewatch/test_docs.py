"""Documentation that is generated is up to date, and what the README names exists."""

import re
from pathlib import Path

from alerts.locale import LANGUAGES, locale
from clausewatch.cli.reference import reference as commands
from clausewatch.config_reference import reference as configuration
from diffing.fault import FaultReason

ROOT = Path(__file__).parents[2]


def test_the_page_on_configuration_is_what_the_models_say() -> None:
    assert (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8") == configuration()


def test_the_page_on_commands_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == commands()


def test_every_command_the_readme_shows_is_documented() -> None:
    documented = commands()
    shown = re.findall(r"bin/clausewatch ([a-z]+(?: ota| list| check| test)?)", (ROOT / "README.md").read_text())
    assert len(shown) > 8
    assert [name for name in shown if f"## clausewatch {name}" not in documented] == []


def test_every_page_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_every_fault_has_a_sentence_in_every_language() -> None:
    for language in LANGUAGES:
        assert all(locale(language).fault(reason.value) for reason in FaultReason)
