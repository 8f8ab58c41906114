"""Blame, search, show and diff as a person types them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.command import Command, command
from tests.support.histories import DAY, KEEP, SELL, START, TRAIN, History, of_two_services
from tests.support.server import serving

run = pytest.fixture(command)
here = pytest.fixture(of_two_services)


def test_blame_shows_each_passage_with_its_day(run: Command, here: Path) -> None:
    ran = run("blame", "nord", "privacy policy")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Nord · Privacy Policy"
    assert "2025-03-01  Privacy\n2025-03-01  We keep your posts" in ran.out
    assert "2025-03-02  From 3 November 2025" in ran.out
    assert "2025-03-04  We never sell your data, ever. (first seen 2025-03-01, gone in\n" in ran.out


def test_blame_of_a_day_and_since_a_day(run: Command, here: Path) -> None:
    (data,) = run("blame", "Nord", "Privacy Policy", "--at", "2025-03-03", "--since", "2025-03-02", "--json").lines
    assert [(one["since"], one["text"]) for one in data["passages"]] == [("2025-03-02T09:00:00Z", TRAIN)]
    assert data["passages"][0]["change_id"]


def test_search_says_who_says_it_since_when_and_until_when(run: Command, here: Path) -> None:
    ran = run("search", "train models")
    assert ran.code == 0
    assert "1. From 3 November 2025 we use your posts to train our generative AI models." in ran.out
    assert "2025-03-01 – today       Sued · Terms of Service" in ran.out
    assert "2025-03-02 – today       Nord · Privacy Policy" in ran.out


def test_search_takes_filters_and_pages(run: Command, here: Path) -> None:
    (data,) = run("search", "your", "posts", "--service", "nord", "--limit", "1", "--json").lines
    assert (len(data["hits"]), data["more"], data["behind"]) == (1, True, 0)
    (data,) = run("search", "train", "--topic", "ai_training", "--current", "--json").lines
    assert [hit["text"] for hit in data["hits"]] == [TRAIN]
    ran = run("search", "train", "--since", "2025-03-05")
    assert ran.code == 0
    assert "No passage fits." in ran.out


def test_the_text_in_force_on_a_day(run: Command, here: Path) -> None:
    ran = run("show", "Nord", "Privacy Policy", "--at", "2025-03-01", "--format", "plain")
    assert ran.out.splitlines()[-3:] == [KEEP, "", "We never sell your data, ever."]
    (data,) = run("show", "Nord", "Privacy Policy", "--at", "2025-03-01", "--json").lines
    assert data["text"] == f"# Privacy\n\n{KEEP}\n\n{SELL}\n"


def test_a_day_with_two_versions_shows_the_last_and_names_the_other(run: Command, here: Path) -> None:
    made = History(here / "history")
    made.record("Nord/Privacy Policy.md", f"{KEEP}\n\nMorning, and nothing else at all.\n", START + 5 * DAY)
    made.record("Nord/Privacy Policy.md", f"{KEEP}\n\nEvening.\n", START + 5 * DAY + timedelta(hours=9))
    run("import", "ota", "history")
    ran = run("show", "Nord", "Privacy Policy", "--at", "2025-03-06")
    assert "Evening." in ran.out
    assert "The last of that day; earlier ones are of 2025-03-06 09:00" in " ".join(ran.out.split())
    assert "Morning" in run("show", "Nord", "Privacy Policy", "--at", "2025-03-06T10:00").out


def test_a_change_is_still_shown_by_its_id_in_every_form(run: Command, here: Path) -> None:
    (change,) = run("changes", "--topic", "ai_training", "--json").lines
    for form in ("terminal", "plain", "markdown", "html"):
        ran = run("show", change["change_id"], "--format", form)
        assert (ran.code, "AI training: introduces" in ran.out) == (0, True)
    assert run("show", change["change_id"], "--json").lines == [change]


def test_diff_of_two_days_of_the_same_terms(run: Command, here: Path) -> None:
    ran = run("diff", "Nord/Privacy Policy@2025-03-01", "@2025-03-02", "--format", "plain")
    assert "Redline (1 edit)" in ran.out
    assert "+ From 3 November 2025" in ran.out
    (data,) = run("diff", "Nord/Privacy Policy@2025-03-01", "@2025-03-02", "--json").lines
    assert [(one["kind"], one["after"]) for one in data["edits"]] == [("added", TRAIN)]


@pytest.mark.parametrize("form", ["terminal", "plain", "markdown", "html", "json"])
def test_a_passage_cut_in_two_is_shown_as_reworded(run: Command, here: Path, form: str) -> None:
    whole, half = "We keep your posts for a year after you leave us.", "We show them to the people that you follow."
    (here / "a.md").write_text(f"# Data\n\n{whole} {half}\n")
    (here / "b.md").write_text(f"# Data\n\n{whole}\n\n{half}\n")
    for sides, kind in ((("a.md", "b.md"), "split"), (("b.md", "a.md"), "merged")):
        ran = run("diff", *sides, "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert "We show them" in ran.out
        assert form != "json" or [one["kind"] for one in ran.lines[0]["edits"]] == [kind]


def test_diff_of_two_services_names_both(run: Command, here: Path) -> None:
    ran = run("diff", "Nord/Privacy Policy@2025-03-03", "Sued/Terms of Service")
    assert ran.out.splitlines()[0] == "Nord · Privacy Policy → Sued · Terms of Service"
    assert "Passages: 2 only in the second text, 2 only in the first, 0 worded differently" in ran.out


def test_diff_of_two_files_and_of_an_address(run: Command, here: Path) -> None:
    (here / "a.md").write_text("We keep your posts for a year.\n")
    (here / "b.md").write_text("We keep your posts for two years.\n")
    assert "[-a year-] {+two years+}." in run("diff", "a.md", "b.md", "--format", "plain").out
    (here / "clausewatch.toml").write_text('[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n')
    page = "<main><h1>Privacy</h1><p>We keep your posts for three years, or longer.</p></main>"
    with serving({"/p": page}) as site:
        ran = run("diff", "a.md", f"{site.url}/p", "--format", "plain")
        assert (ran.code, ran.err) == (0, "")
        assert "three years" in ran.out
        gone = run("diff", "a.md", f"{site.url}/gone")
    assert (gone.code, "gives no text (not_found" in gone.err) == (1, True)
    assert run("history", "127.0.0.1", "Page").code == 1  # nothing of it was kept


@pytest.mark.parametrize("form", ["terminal", "plain", "markdown", "html"])
@pytest.mark.parametrize(
    "asked",
    [
        ("blame", "Nord", "Privacy Policy"),
        ("search", "sell"),
        ("show", "Nord", "Privacy Policy"),
        ("diff", "Nord/Privacy Policy@2025-03-01", "@2025-03-03"),
    ],
    ids=["blame", "search", "show", "diff"],
)
def test_nothing_of_a_text_becomes_live(run: Command, here: Path, form: str, asked: tuple[str, ...]) -> None:
    made = History(here / "history")
    hostile = "Sell <img src=x onerror=alert(1)>, ![p](https://e.test/p.png) \x1b[2J \u202egnp, [l](https://e.test)."
    made.record("Nord/Privacy Policy.md", f"# Privacy\n\n{KEEP}\n\n`{hostile}`\n\n{SELL}\n", START + 9 * DAY)
    run("import", "ota", "history")
    ran = run(*asked, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    for live in ("<img", "\x1b", "\u202e", "](http", "](javascript", "<b>"):
        assert live not in ran.out


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("blame", "Nrod", "Privacy Policy"), 1, "nothing is kept under that name; did you mean Nord · Privacy Policy"),
        (("blame", "Nord", "Privcy Policy"), 1, "did you mean Nord · Privacy Policy?"),
        (("blame", "Nord", "Privacy Policy", "--collection", "x"), 1, "is your own crawl; leave out --collection"),
        (("show", "Nord", "Privacy Policy", "--at", "2024-01-01"), 1, "its first version is of 2025-03-01"),
        (("show", "Nord", "Privacy Policy", "--at", "03/11/2025"), 2, "is ambiguous; write 2025-11-03 or 2025-03-11"),
        (("show", "Nord", "Privacy Policy", "--at", "31/12/2025"), 2, "write 2025-12-31"),
        (("show", "Nord", "Privacy Policy", "--at", "2025-03"), 2, "names no day"),
        (("show", "Nord", "Privacy Policy", "--at", "yesterday"), 2, "is no date"),
        (("show", "Nord", "--at", "2025-03-01"), 2, "--at needs terms"),
        (("search", "train", "--service", "Nrod"), 1, "did you mean Nord?"),
        (("search", "--", "-train"), 2, "names no word to look for"),
        (("diff", "nope", "nope"), 1, "no version has that id, no file that name and no terms either"),
        (("diff", "Nord/Privcy Policy", "nope"), 1, "did you mean Nord · Privacy Policy?"),
        (("diff", "@2025-03-01", "nope"), 2, "says a day but not of what"),
        (("diff", "http://10.0.0.1/x", "nope"), 1, "gives no text (forbidden_address"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_why(
    run: Command, here: Path, asked: tuple[str, ...], code: int, said: str
) -> None:
    ran = run(*asked)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_json_is_json_whatever_the_text_holds(run: Command, here: Path) -> None:
    made = History(here / "history")
    made.record("Odd/Privacy Policy.md", "lone \udced\udca0\udc80 surrogate\n\nNUL \0 here\n", START)
    run("import", "ota", "history")
    for asked in (("blame", "Odd", "Privacy Policy"), ("search", "surrogate"), ("show", "Odd", "Privacy Policy")):
        ran = run(*asked, "--json")
        assert ran.code == 0
        json.loads(ran.out)
