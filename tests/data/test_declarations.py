"""The shipped declarations: every service of the mission, over https, with selectors that compile."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import soupsieve

from data import folder

FILES = sorted(folder("declarations").glob("*.json"))

MISSION = {
    "LinkedIn": {
        "Privacy Policy",
        "Privacy Policy (EU)",
        "Terms of Service",
        "Trackers Policy",
        "Advertising Content Policy",
        "Community Guidelines",
        "Developer Terms",
        "Generative AI Help",
        "Updates to Terms",
        "Blog",
    },
    "Microsoft": {"Privacy Policy", "Terms of Service", "Blog"},
    "Microsoft Copilot": {"Terms of Service"},
    "Facebook": {"Privacy Policy", "Terms of Service"},
    "Instagram": {"Privacy Policy"},
    "WhatsApp": {"Privacy Policy", "Terms of Service"},
    "Meta": {"News Room"},
    "Meta AI": {"Terms of Service"},
    "WeTransfer": {"Privacy Policy", "Terms of Service", "Data Processor Agreement"},
    "OpenAI": {"Privacy Policy", "Terms of Service", "News Room"},
    "X": {"Privacy Policy", "Terms of Service"},
    "TikTok": {"Privacy Policy", "Terms of Service"},
    "Google": {"Privacy Policy", "Terms of Service"},
    "GitHub": {"Privacy Policy"},
    "APD": {"Blog"},
    "CNIL": {"Blog"},
    "DPC": {"Blog"},
}
"""What the shipped declarations must at least have; more is welcome."""

TERMS_KEYS = {"fetch", "select", "remove", "filter", "combine", "executeClientScripts", "watch"}
WATCH_KEYS = {"every", "language", "region", "topics", "feed", "follow"}
RANGE_KEYS = {"startBefore", "startAfter", "endBefore", "endAfter"}


def read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def items(declaration: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each terms' declaration, and each item of its `combine`."""
    for terms, declared in declaration["terms"].items():
        yield terms, declared
        for item in declared.get("combine", ()):
            yield f"{terms}, in combine", item


def selectors(declared: Mapping[str, Any]) -> Iterator[str]:
    for key in ("select", "remove"):
        for entry in declared.get(key, ()):
            yield from [entry] if isinstance(entry, str) else entry.values()


@pytest.mark.parametrize("service", MISSION)
def test_the_mission_s_services_are_declared_with_their_terms(service: str) -> None:
    declared = read(folder("declarations") / f"{service}.json")
    assert declared["name"] == service
    assert set(declared["terms"]) >= MISSION[service]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_written_as_json_dumps_would(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == json.dumps(read(file), indent=2, ensure_ascii=False) + "\n"
    assert read(file)["name"] == file.stem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_key_is_one_the_format_knows(file: Path) -> None:
    declaration = read(file)
    assert set(declaration) == {"name", "terms"}
    for terms, declared in items(declaration):
        assert set(declared) <= TERMS_KEYS, terms
        assert set(declared.get("watch", ())) <= WATCH_KEYS, terms
        assert ("fetch" in declared) != ("combine" in declared), terms


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_address_is_https(file: Path) -> None:
    for terms, declared in items(read(file)):
        addresses = [declared[key] for key in ("fetch",) if key in declared]
        feed = declared.get("watch", {}).get("feed", "auto")
        for address in addresses if feed == "auto" else [*addresses, feed]:
            parts = urlsplit(address)
            assert parts.scheme == "https", (terms, address)
            assert parts.hostname, (terms, address)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_selector_compiles(file: Path) -> None:
    for _, declared in items(read(file)):
        for selector in selectors(declared):
            soupsieve.compile(selector)
        for entry in declared.get("select", ()):
            if not isinstance(entry, str):
                assert set(entry) <= RANGE_KEYS
                assert len(entry) == 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_terms_says_how_often_and_in_which_language(file: Path) -> None:
    for terms, declared in read(file)["terms"].items():
        assert set(declared["watch"]) >= {"every", "language"}, terms


def test_the_opt_out_setting_is_not_a_page_to_fetch() -> None:
    for file in FILES:
        assert "/mypreferences/" not in file.read_text(encoding="utf-8"), file.name
