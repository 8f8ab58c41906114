"""`clausewatch targets`: check, suggest and add, as a person types them."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.command import Command, command
from tests.support.server import Asked, Reply, Server, serving

run = pytest.fixture(command)

CLAUSES = "".join(
    f"<p>We keep your {kind} for as long as your account with us is open.</p>"
    for kind in ("name", "address", "telephone number", "photograph", "contacts", "profile", "history", "posts")
)
PRIVACY = f"<body><nav>Home</nav><main><h1>Privacy</h1>{CLAUSES}</main></body>"
CONFIG = """
targets = ["declarations"]
[crawl]
delay = 0
allow_hosts = ["127.0.0.1"]
"""


@pytest.fixture
def site() -> Iterator[Server]:
    with serving({"/privacy": PRIVACY}) as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clausewatch.toml").write_text(CONFIG)
    (tmp_path / "declarations").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def declare(folder: Path, terms: object) -> None:
    content = json.dumps({"name": "Nord", "terms": terms})
    (folder / "declarations" / "Nord.json").write_text(content)


def test_the_check_reads_a_users_filters_beside_the_configuration(run: Command, here: Path, site: Server) -> None:
    declare(here, {"Privacy Policy": {"fetch": f"{site.url}/privacy", "select": "main", "filter": "tidyUp"}})
    assert "\n1 terms: 1 without a filter.\n" in run("targets", "check").out
    (here / "filters.toml").write_text('tidyUp = { removeElements = ".ad" }')
    assert "\n1 terms: 1 run.\n" in run("targets", "check").out
    (here / "filters.toml").write_text('tidyUp = "theirs"')
    ran = run("targets", "check")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f'clausewatch: {here}/filters.toml: key "tidyUp" uses "theirs", which cannot be run; ')


def test_the_check_as_json_has_a_line_for_what_cannot_be_used_too(run: Command, here: Path) -> None:
    declare(here, {"Privacy Policy": {}, "Blog": {"fetch": "https://nord.example/", "validUntil": "2020"}})
    ran = run("targets", "check", "--json")
    assert [line["finding"] for line in ran.lines] == ["runs", "cannot be used", "warning"]
    assert ran.lines[1]["what"] == 'key "fetch" is missing'


def test_a_live_check_tells_what_is_steady_what_differs_and_what_cannot_be_read(
    run: Command, here: Path, site: Server
) -> None:
    loads = count(1)

    def pages(asked: Asked) -> Reply | None:
        number = next(loads) if asked.path == "/lucky" else 0
        lucky = f"<p>You are visitor number {number} of today.</p>"
        return {
            "/privacy": Reply(body=PRIVACY),
            "/lucky": Reply(body=PRIVACY.replace("</main>", f"{lucky}</main>")),
        }.get(asked.path)

    site.pages = pages
    kinds = {"Privacy Policy": "privacy", "Terms of Service": "lucky", "Imprint": "gone"}
    declare(here, {kind: {"fetch": f"{site.url}/{path}", "select": ["main", ".no"]} for kind, path in kinds.items()})
    ran = run("targets", "check", "--live", "--json")
    assert ran.code == 3
    steady, unsteady, gone = ran.lines[3:]
    assert (steady["live"], steady["differing"]) == ("steady", None)
    assert [warning["reason"] for warning in steady["warnings"]] == ["selector"]
    assert (unsteady["live"], unsteady["differing"]) == (
        "differs at every load", "You are visitor number 1 of today.",
    )  # fmt: skip
    assert (gone["live"], gone["fault"]["reason"]) == ("fault", "not_found")
    assert not (here / "clausewatch.db").exists()
    shown = run("targets", "check", "--live").out
    assert "   1  differs at every load\n      Nord · Terms of Service" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_selectors_are_suggested_from_the_last_text_they_read(run: Command, here: Path, site: Server) -> None:
    declare(here, {"Privacy Policy": {"fetch": f"{site.url}/privacy", "select": "main"}})
    ran = run("targets", "suggest", "Nord", "Privacy Policy")
    assert (ran.code, ran.err.split("; ")[-1]) == (1, "crawl or import something first\n")
    run("crawl", "Nord")
    site.pages = {"/privacy": f"<body><nav>Home</nav><div id=policy><h1>Privacy</h1>{CLAUSES}</div><p>Bye</p></body>"}
    run("crawl", "Nord")
    ran = run("targets", "suggest", "Nord", "Privacy Policy")
    assert ran.code == 0
    assert '  "select": ["#policy"]\n    100 % of that text; 100 % of what it picks\n' in ran.out
    first = run("targets", "suggest", "Nord", "Privacy Policy", "--json").lines[0]
    assert (first["select"], first["covered"], first["precise"]) == (["#policy"], 1.0, 1.0)
    site.pages = {}
    ran = run("targets", "suggest", "Nord", "Privacy Policy")
    assert ran.code == 3
    assert "not_found: the page is gone (status 404)" in ran.out
    assert run("targets", "suggest", "Nord", "Terms").code == 1


def test_a_site_is_added_looked_at_and_crawled(run: Command, here: Path, site: Server) -> None:
    links = "<footer><a href='/privacy'>Privacy</a></footer>"
    site.pages = {
        "/": f"<html><title>Nord</title><body><main><p>Hi</p></main>{links}</body></html>",
        "/privacy": PRIVACY,
    }
    shown = run("targets", "add", f"{site.url}/", "--service", "Nord")
    assert shown.code == 0
    assert "Privacy Policy" in shown.out
    assert "Nothing was written; --yes writes without asking." in shown.out
    assert all(len(line) <= 80 for line in shown.out.splitlines())
    assert list((here / "declarations").iterdir()) == []
    assert run("targets", "add", f"{site.url}/", "--service", "Nord", "--yes").code == 0
    assert [line["outcome"] for line in run("crawl", "Nord", "--json").lines] == ["new"]
    again = run("targets", "add", f"{site.url}/", "--service", "Nord", "--yes")
    assert "1 of these are declared already and stay as they are." in again.out


def test_terms_to_come_that_a_banner_links_to_are_proposed_until_they_are_declared(
    run: Command, here: Path, site: Server
) -> None:
    banner = "<div class=banner><a href='/legal/preview/privacy'>See the privacy policy from 3 November</a></div>"
    site.pages = {"/privacy": PRIVACY.replace("<nav>", f"{banner}<nav>"), "/legal/preview/privacy": PRIVACY}
    declare(here, {"Privacy Policy": {"fetch": f"{site.url}/privacy", "select": "main"}})
    (line,) = run("crawl", "Nord", "--json").lines
    (warning,) = line["warnings"]
    assert (warning["reason"], warning["where"]) == ("preview", f"{site.url}/legal/preview/privacy")
    assert "looks like terms to come" in " ".join(run("targets", "check", "--live").out.split())
    options = ("--terms", "Privacy Policy (preview)", "--service", "Nord", "--yes")
    assert run("targets", "add", warning["where"], *options).code == 0
    lines = run("crawl", "Nord", "--json").lines
    assert [line["outcome"] for line in lines] == ["unchanged", "new"]


def test_adding_without_a_folder_or_from_a_site_that_is_down_is_told(run: Command, here: Path, site: Server) -> None:
    (here / "clausewatch.toml").write_text('[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n')
    ran = run("targets", "add", f"{site.url}/privacy", "--terms", "Privacy Policy", "--yes")
    assert (ran.code, ran.err.split("; ")[0]) == (
        2, "clausewatch: targets add: the configuration names no folder of declarations",
    )  # fmt: skip
    assert run("targets", "add", f"{site.url}/gone", "--yes").code == 1
    assert run("targets", "add", "http://10.0.0.1/", "--yes").err.startswith("clausewatch: http://10.0.0.1/: the host")
    assert run("targets", "add", "nord.example").code == 1
