"""What is asked of a part of the archive: names as people write them, and what is said when a name is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import Command, command
from tests.support.histories import START, TRAIN, History, of_two_services
from tests.support.server import serving

run = pytest.fixture(command)
here = pytest.fixture(of_two_services)


def test_a_word_that_must_not_be_there_is_typed_as_documented(run: Command, here: Path) -> None:
    ran = run("search", "your", "posts", "-train", "--json")
    assert ran.err == ""
    assert [hit["text"] for hit in ran.lines[0]["hits"]] == ["We keep your posts while you have an account."]
    (data,) = run("search", "-hashtags", "train", "--json").lines
    assert [hit["text"] for hit in data["hits"]] == [TRAIN]


def test_a_topic_alone_lists_all_that_speaks_of_it(run: Command, here: Path) -> None:
    ran = run("search", "--topic", "ai_training", "--current")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Passages on AI training"
    assert "1. From 3 November 2025 we use your posts to train" in ran.out
    assert "Sued · Terms of Service" in ran.out  # which said it from its first version on
    assert run("search", "--topic", "microsoft_ads", "--json").lines[0]["hits"] == []


@pytest.mark.parametrize("asked", ["train AND models", "train NOT cookies", "train NOT"])
def test_operators_of_other_search_boxes_mean_the_same_here(run: Command, here: Path, asked: str) -> None:
    (data,) = run("search", asked, "--json").lines
    assert [hit["text"] for hit in data["hits"]] == [TRAIN]


def test_names_of_terms_and_collections_are_found_in_any_case(run: Command, here: Path) -> None:
    run("import", "ota", "history", "--collection", "Abroad")
    for asked in (
        ("search", "train", "--terms", "privacy policy", "--collection", "abroad"),
        ("changes", "--terms", "privacy policy", "--collection", "abroad"),
    ):
        ran = run(*asked, "--json")
        assert (ran.code, len(ran.lines) > 0) == (0, True)
    (data,) = run("search", "train", "--terms", "privacy policy", "--collection", "abroad", "--json").lines
    assert [one["collection"] for hit in data["hits"] for one in hit["holdings"]] == ["Abroad"]
    assert len(run("changes", "--collection", "abroad", "--json").lines) == 3


@pytest.mark.parametrize("command", [("search", "train"), ("changes",), ("export", "csv", "out")])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (("--collection", "abroda"), "abroda: no collection is called so; did you mean abroad?"),
        (("--service", "Nrod"), "Nrod: nothing of a service of that name is kept; did you mean Nord?"),
    ],
)
def test_a_mistyped_name_is_not_read_as_nothing_found(
    run: Command, here: Path, command: tuple[str, ...], name: tuple[str, str], said: str
) -> None:
    run("import", "ota", "history", "--collection", "abroad")
    ran = run(*command, *name)
    assert (ran.code, ran.out, ran.err) == (1, "", f"clausewatch: {said}\n")


@pytest.mark.parametrize("command", [("search", "train"), ("changes",)])
def test_mistyped_terms_are_not_read_as_nothing_found(run: Command, here: Path, command: tuple[str, ...]) -> None:
    ran = run(*command, "--terms", "Privcy Policy")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "clausewatch: Privcy Policy: no terms of that name are kept; did you mean Privacy Policy?\n"


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("search", "tr*"), 2, "'tr*' begins too many words; begin it with at least three letters, as in: train*"),
        (("search", "train", "--servce", "Nord"), 2, "--servce: is no option of search"),
        (("search", "train", "-"), 0, ""),
        (("show", "0123456789abcdef", "--language", "de"), 2, "Invalid value for '--language'"),
        (("import", "ota", "history", "--service", "nord"), 0, ""),
        (("search", "train", "--since", ""), 2, "'' is no date"),
        (("blame", "Nord", "Privacy Policy", "--at", ""), 2, "'' is no date"),
        (("blame", "Nord", "Privacy Policy", "--since", ""), 2, "'' is no date"),
        (("changes", "--since", ""), 2, "'' is no date"),
        (("export", "csv", "out", "--since", ""), 2, "'' is no date"),
        (("export", "ota", "out", "--collection", "abroad"), 1, "no collection is called so"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_told(run: Command, here: Path, asked: tuple[str, ...], code: int, said: str) -> None:
    ran = run(*asked)
    assert ran.code == code
    assert said in ran.err


def test_the_id_of_a_version_shows_its_text_and_that_of_a_change_is_not_compared(run: Command, here: Path) -> None:
    change = run("changes", "--topic", "ai_training", "--json").lines[0]
    version = change["after"]["version_id"]
    (data,) = run("show", version, "--json").lines
    assert (data["version_id"], TRAIN in data["text"]) == (version, True)
    assert f"Version {version}, seen 2025-03-02 09:00 UTC." in run("show", version).out
    ran = run("diff", change["change_id"], version)
    assert (ran.code, ran.out) == (1, "")
    assert f"is the id of a change; `clausewatch show {change['change_id']}` shows it" in ran.err


def test_a_text_compared_with_itself_is_said_to_be_the_same(run: Command, here: Path) -> None:
    for form in ("plain", "markdown", "html"):
        ran = run("diff", "Nord/Privacy Policy@2025-03-04", "@2025-03-05", "--format", form)
        assert ran.code == 0
        assert "Both texts are the same." in ran.out
        assert "cosmetic" not in ran.out
        assert "only the form" not in ran.out
    (data,) = run("diff", "Nord/Privacy Policy@2025-03-04", "@2025-03-05", "--json").lines
    assert (data["edits"], data["summary"]["en"]) == ([], "Both texts are the same.")


@pytest.mark.parametrize(
    "sides",
    [
        ("Nord/Privacy Policy@2025-03-03", "@2025-03-01"),
        ("Sued/Terms of Service", "Nord/Privacy Policy"),
    ],
    ids=["backwards in time", "two services"],
)
def test_what_no_publisher_did_is_told_of_none(run: Command, here: Path, sides: tuple[str, str]) -> None:
    (data,) = run("diff", *sides, "--json").lines
    assert data["summary"]["en"].startswith("Passages: ")
    assert data["summary"]["fr"].startswith("Passages\u00a0: ")
    assert "Passages: " in run("diff", *sides).out


def test_what_two_services_say_is_no_effect_of_a_change(run: Command, here: Path) -> None:
    told = run("diff", "Nord/Privacy Policy@2025-03-01", "Sued/Terms of Service", "--format", "plain").out
    assert "AI training: only in the second" in told
    assert "introduces" not in told
    assert "severity" not in told
    back = run("diff", "Sued/Terms of Service", "Nord/Privacy Policy@2025-03-01", "--format", "plain").out
    assert "AI training: only in the first" in back


def test_saved_pages_are_read_as_pages(run: Command, here: Path) -> None:
    page = (
        "<html><body><nav>Menu</nav><main><h1>Privacy</h1><p>We keep your posts for {} years, and not one day more.</p>"
        "<p>Nobody else gets to see them, whatever they may tell you about it.</p></main></body></html>"
    )
    (here / "a.html").write_text(page.format("two"))
    (here / "b.htm").write_text(page.format("three"))
    told = run("diff", "a.html", "b.htm", "--format", "plain").out
    assert "Privacy\n~ We keep your posts for [-two-] {+three+} years, and not one day more." in told
    assert "Menu" not in told
    (here / "c.html").write_text("<script>nothing()</script>")
    ran = run("diff", "a.html", "c.html")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("clausewatch: c.html: gives no text (")


def test_two_addresses_of_one_host_are_two_texts(run: Command, here: Path) -> None:
    (here / "clausewatch.toml").write_text('[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n')
    page = "<main><h1>Privacy</h1><p>We keep your posts for {} years, or longer.</p></main>"
    with serving({"/old": page.format("two"), "/new": page.format("three")}) as site:
        ran = run("diff", f"{site.url}/old", f"{site.url}/new", "--format", "plain")
    assert ran.out.splitlines()[0] == "127.0.0.1 · /old → 127.0.0.1 · /new"
    assert "Passages: 0 only in the second text" in ran.out


@pytest.mark.parametrize("name", ["/etc/nothing.md", "file:///etc/passwd", "notes/missing.txt", "./a.md"])
def test_a_file_that_is_not_there_is_not_taken_for_terms(run: Command, here: Path, name: str) -> None:
    ran = run("diff", name, name)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"clausewatch: {name}: no version has that id, no file that name and no terms either")


@pytest.mark.parametrize("asked", [("history",), ("show",), ("blame",)])
def test_terms_of_which_nothing_was_kept_say_why(run: Command, here: Path, asked: tuple[str, ...]) -> None:
    History(here / "history").record("Nord/Cookies.md", "* * *\n", START)
    run("import", "ota", "history")
    ran = run(*asked, "Nord", "Cookies")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("clausewatch: Nord · Cookies: no version of it is kept: empty, ")


def test_two_collections_are_compared(run: Command, here: Path) -> None:
    run("import", "ota", "history", "--collection", "abroad")
    ran = run("diff", "Nord/Privacy Policy@2025-03-01", "abroad:Nord/Privacy Policy@2025-03-02", "--format", "plain")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Nord · Privacy Policy → Nord · Privacy Policy (abroad)"
    assert "+ From 3 November 2025" in ran.out


def test_ctrl_c_is_answered_in_a_line(here: Path) -> None:
    code = (
        "import clausewatch.cli.search as s, sys\n"
        "from clausewatch.cli import main\n"
        "def stop(*a, **k): raise KeyboardInterrupt\n"
        "s._found = stop\n"
        "sys.argv = ['clausewatch', 'search', 'train']\n"
        "main.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=here, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "clausewatch: stopped\n")
