"""The shipped declarations: every service of the mission, over https, with selectors that compile."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.declarations import Declaration, load
from data import folder

FILES = sorted(folder("declarations").glob("*.json"))
LOADED = load([folder("declarations")])
each_terms = pytest.mark.parametrize("declaration", LOADED.items, ids=lambda declaration: str(declaration.document))

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

SERVICE_KEYS = {"name", "watch", "terms"}
TERMS_KEYS = {"fetch", "select", "remove", "filter", "combine", "executeClientScripts", "watch"}
WATCH_KEYS = {"every", "language", "region", "topics", "feed", "follow"}


def read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))


def test_every_shipped_file_loads_without_a_word() -> None:
    assert LOADED.problems == ()
    assert LOADED.warnings == ()
    assert set(LOADED.services) == {file.stem for file in FILES}


@pytest.mark.parametrize("service", MISSION)
def test_the_mission_s_services_are_declared_with_their_terms(service: str) -> None:
    assert {declaration.terms for declaration in LOADED.of(service)} >= MISSION[service]


@each_terms
def test_every_address_is_https(declaration: Declaration) -> None:
    feed = declaration.watch.feed
    addresses = [source.fetch for source in declaration.sources] + ([feed] if feed not in {"", "auto"} else [])
    assert addresses
    assert all(urlsplit(address).scheme == "https" and urlsplit(address).hostname for address in addresses)


@each_terms
def test_every_terms_says_how_often_and_in_which_language(declaration: Declaration) -> None:
    assert declaration.watch.every is not None
    assert declaration.watch.language in {"en", "fr"}


@each_terms
def test_every_page_says_which_part_of_it_counts(declaration: Declaration) -> None:
    for source in declaration.sources:
        assert source.select or source.fetch.endswith(".pdf"), source.fetch


@each_terms
def test_a_blog_is_one_because_it_says_how_its_posts_are_found(declaration: Declaration) -> None:
    assert declaration.is_blog == (declaration.terms in {"Blog", "News Room"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_written_as_json_dumps_would(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == json.dumps(read(file), indent=2, ensure_ascii=False) + "\n"
    assert read(file)["name"] == file.stem


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_key_is_one_the_format_knows(file: Path) -> None:
    declared = read(file)
    assert set(declared) <= SERVICE_KEYS
    assert set(declared.get("watch", ())) <= WATCH_KEYS
    for name, terms in declared["terms"].items():
        assert set(terms) <= TERMS_KEYS, name
        assert set(terms.get("watch", ())) <= WATCH_KEYS, name
        assert all(set(part) <= TERMS_KEYS - {"watch", "combine"} for part in terms.get("combine", ())), name
        assert ("fetch" in terms) != ("combine" in terms), name


def test_the_opt_out_setting_is_not_a_page_to_fetch() -> None:
    for file in FILES:
        assert "/mypreferences/" not in file.read_text(encoding="utf-8"), file.name
