"""What a person types, and what comes back."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausewatch.cli import state
from tests.support.command import Command, command
from tests.support.histories import History
from tests.support.schema import problems
from tests.support.server import Server, serving

run = pytest.fixture(command)

BEFORE = "<main><h1>Privacy</h1><p>We keep your posts while you have an account with us.</p></main>"
AFTER = BEFORE.replace(
    "</main>", "<p>From 3 November 2035 we use your posts to train our generative AI models.</p></main>"
)
CONFIG = """
targets = ["declarations"]
[crawl]
delay = 0
allow_hosts = ["127.0.0.1"]
[channels.log]
type = "file"
path = "alerts.jsonl"
[[subscriptions]]
channel = "log"
"""


@pytest.fixture
def site() -> Iterator[Server]:
    with serving({"/nord": BEFORE, "/sued": BEFORE}) as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, site: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration and two declared services."""
    (tmp_path / "clausewatch.toml").write_text(CONFIG)
    (tmp_path / "declarations").mkdir()
    for name in ("Nord", "Sued"):
        terms = {"Privacy Policy": {"fetch": f"{site.url}/{name.lower()}", "select": "main"}}
        declare(tmp_path, name, json.dumps({"name": name, "terms": terms}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def declare(folder: Path, name: str, text: str) -> None:
    (folder / "declarations" / f"{name}.json").write_text(text)


def crawled_twice(run: Command, site: Server) -> str:
    """The id of the change that a second crawl found."""
    run("crawl", "--all")
    site.pages = {"/nord": AFTER, "/sued": BEFORE}
    first, _ = run("crawl", "--all", "--json").lines
    return str(first["change"]["change_id"])


def test_a_crawl_prints_a_line_for_each_terms_and_ends_with_0(run: Command, here: Path) -> None:
    ran = run("crawl", "--all")
    assert ran.code == 0
    assert ran.err == ""
    assert "Nord · Privacy Policy  new" in ran.out
    assert "2 visited: 2 new. Alerts: 0 delivered, 0 waiting." in ran.out


def test_a_new_clause_is_told_with_its_flag_in_words_and_arrives(run: Command, here: Path, site: Server) -> None:
    run("crawl", "Nord")
    site.pages = {"/nord": AFTER}
    ran = run("crawl", "Nord")
    assert "Nord · Privacy Policy  changed  AI training: introduces" in ran.out
    (alert,) = (json.loads(line) for line in (here / "alerts.jsonl").read_text().splitlines())
    assert alert["data"]["facts"]["effective_date"] == "2035-11-03"


def test_one_bad_target_does_not_stop_the_others_and_the_code_is_3(run: Command, here: Path, site: Server) -> None:
    site.pages = {"/sued": BEFORE}
    ran = run("crawl", "--all", "--json")
    assert ran.code == 3
    assert [(line["service"], line["outcome"]) for line in ran.lines] == [("Nord", "fault"), ("Sued", "new")]
    assert ran.lines[0]["fault"]["reason"] == "not_found"


def test_a_malformed_declaration_is_a_fault_of_its_own(run: Command, here: Path) -> None:
    declare(here, "Bad", '{"name": "Bad", "terms": {"Privacy Policy": {"fetch": 5}}}')
    ran = run("crawl", "--all", "--json")
    faults = [line["fault"] for line in ran.lines if line["fault"]]
    assert ran.code == 3
    assert [fault["reason"] for fault in faults] == ["declaration"]
    assert "Bad.json" in faults[0]["where"]
    assert len(ran.lines) == 3


def test_a_service_whose_declaration_is_malformed_says_file_and_place(run: Command, here: Path) -> None:
    declare(here, "Bad", '{"name": "Bad",\n "terms": }')
    ran = run("crawl", "Bad")
    assert ran.code == 1
    assert "Bad.json" in ran.err
    assert "line 2" in ran.err


def test_an_unknown_service_names_the_nearest_and_the_code_is_2(run: Command, here: Path) -> None:
    ran = run("crawl", "Nrod")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'clausewatch: Nrod: no service of that name is declared; did you mean "Nord"?\n'


def test_a_crawl_of_nothing_is_wrong_usage(run: Command, here: Path) -> None:
    ran = run("crawl")
    assert ran.code == 2
    assert ran.err == "clausewatch: crawl: no target is named; name a service, or give --all or --url\n"


def test_an_address_that_is_not_declared_can_be_crawled(run: Command, here: Path, site: Server) -> None:
    (visit,) = run("crawl", "--url", f"{site.url}/nord", "--json").lines
    assert (visit["service"], visit["terms"], visit["outcome"]) == ("127.0.0.1", "Page", "new")


def test_a_private_address_the_configuration_does_not_name_is_refused(run: Command, here: Path, site: Server) -> None:
    (here / "clausewatch.toml").write_text(CONFIG.replace('allow_hosts = ["127.0.0.1"]', ""))
    ran = run("crawl", "Nord", "--json")
    assert ran.code == 3
    assert ran.lines[0]["fault"]["reason"] == "forbidden_address"
    assert site.requests == []


def test_json_lines_of_changes_have_the_shape_of_the_webhook(run: Command, here: Path, site: Server) -> None:
    change_id = crawled_twice(run, site)
    for ran in (run("changes", "--json"), run("show", change_id, "--json")):
        (change,) = ran.lines
        body = {"type": "policy.change", "timestamp": change["after"]["observed_at"], "data": change}
        assert problems(body) == []


def test_changes_are_filtered_by_topic_service_and_day(run: Command, here: Path, site: Server) -> None:
    change_id = crawled_twice(run, site)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    assert change_id in run("changes", "--topic", "ai_training", "--service", "Nord").out
    for filters in (("--topic", "microsoft_ads"), ("--service", "Sued"), ("--since", tomorrow), ("--kind", "post")):
        assert run("changes", *filters, "--json").lines == []


def test_a_mistyped_topic_or_service_is_not_taken_for_silence(run: Command, here: Path, site: Server) -> None:
    change_id = crawled_twice(run, site)
    assert change_id in run("changes", "--service", "nord").out
    for asked in (("changes",), ("feed",), ("search", "train")):
        ran = run(*asked, "--topic", "ai_trainin")
        assert ran.code == 1
        assert ran.err == "clausewatch: ai_trainin: no topic is called so; did you mean ai_training?\n"
    for name in ("changes", "feed"):
        ran = run(name, "--service", "Norde")
        assert ran.code == 1
        assert ran.err == "clausewatch: Norde: nothing of a service of that name is kept; did you mean Nord?\n"


def test_noise_is_listed_only_on_request(run: Command, here: Path, site: Server) -> None:
    run("crawl", "Nord")
    site.pages = {"/nord": BEFORE.replace("us.", "us!")}
    run("crawl", "Nord")
    assert run("changes", "--json").lines == []
    for asked in (("--all",), ("--kind", "cosmetic")):
        assert [change["kind"] for change in run("changes", *asked, "--json").lines] == ["cosmetic"]


def test_a_change_is_shown_with_reason_facts_and_redline(run: Command, here: Path, site: Server) -> None:
    out = run("show", crawled_twice(run, site)[:8]).out
    assert "3 November 2035" in out
    assert "In effect from" in out
    assert "train our generative AI models" in out


def test_the_history_lists_versions_and_two_of_them_can_be_compared(run: Command, here: Path, site: Server) -> None:
    crawled_twice(run, site)
    first, second = run("history", "Nord", "Privacy Policy", "--json").lines
    assert (first["kind"], second["kind"]) == ("first", "substantive")
    (change,) = run("diff", first["after"]["version_id"], second["after"]["version_id"], "--json").lines
    assert change["topics"] == ["ai_training"]


def test_two_files_can_be_compared(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Terms\n\nYou own what you post.\n")
    (tmp_path / "b.md").write_text("# Terms\n\nYou own what you post.\n\nWe do not use your posts to train AI.\n")
    (change,) = run("diff", "a.md", "b.md", "--json").lines
    assert [flag["effect"] for flag in change["flags"]] == ["limits"]


@pytest.mark.parametrize("arguments", [("changes",), ("show", "abc"), ("history", "Nord", "Privacy Policy")])
def test_asking_before_there_is_an_archive_makes_none(run: Command, here: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 1
    assert "there is no archive yet; crawl or import something first" in ran.err
    assert not (here / "clausewatch.db").exists()


def test_an_unknown_document_names_the_nearest(run: Command, here: Path) -> None:
    run("crawl", "Nord")
    ran = run("history", "Nord", "Privacy Polizy")
    assert ran.code == 1
    assert "did you mean Nord · Privacy Policy?" in ran.err


def test_an_archive_of_a_newer_version_is_refused_and_untouched(run: Command, here: Path) -> None:
    run("crawl", "Nord")
    path = here / "clausewatch.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()
    ran = run("crawl", "Nord")
    assert ran.code == 1
    assert "newer" in ran.err
    assert path.read_bytes() == before


def test_a_channel_that_is_down_keeps_its_alert_waiting_and_the_crawl_is_still_good(
    run: Command, here: Path, site: Server
) -> None:
    mail = '[channels.mail]\ntype = "email"\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\n'
    people = 'sender = "a@nord.example"\nto = ["b@nord.example"]\n[[subscriptions]]\nchannel = "mail"\n'
    (here / "clausewatch.toml").write_text(CONFIG + mail + people)
    run("crawl", "--all")
    site.pages = {"/nord": AFTER, "/sued": BEFORE}
    ran = run("crawl", "--all")
    assert ran.code == 0
    assert "Alerts: 1 delivered, 1 waiting." in ran.out
    assert "Channel mail/b@nord.example: " in ran.out


def test_a_failure_nobody_foresaw_is_a_line_and_no_traceback(
    run: Command, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(state, "config", broken)
    ran = run("crawl", "--all")
    assert ran.code == 1
    assert ran.err == (
        "clausewatch: unexpected ZeroDivisionError: by zero; run again with CLAUSEWATCH_DEBUG=1 "
        "and report what it prints\n"
    )


def test_init_writes_a_configuration_once(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init").code == 0
    again = run("init")
    assert again.code == 1
    assert again.err == "clausewatch: clausewatch.toml: is there already; edit it, or move it away first\n"
    assert run("targets", "list").code == 0


def test_a_test_through_a_channel_arrives(run: Command, here: Path) -> None:
    ran = run("alerts", "test", "log")
    assert ran.code == 0
    assert json.loads((here / "alerts.jsonl").read_text())["type"] == "test"


def test_a_test_through_an_unknown_channel_names_those_there_are(run: Command, here: Path) -> None:
    ran = run("alerts", "test", "pager")
    assert ran.code == 1
    assert ran.err == "clausewatch: channel pager: is not configured; known channels: log\n"


def test_targets_check_counts_and_reports_what_cannot_be_used(run: Command, here: Path) -> None:
    declare(here, "Bad", "{")
    ran = run("targets", "check", "declarations")
    assert ran.code == 1
    assert "   2  runs" in ran.out
    assert "Bad.json" in ran.err


def test_an_imported_history_is_flagged_by_date_and_alerts_only_on_request(
    run: Command, here: Path, tmp_path: Path
) -> None:
    (tmp_path / "repository").mkdir()
    made = History(tmp_path / "repository")
    may = datetime(2025, 5, 1, tzinfo=UTC)
    made.record("West/Terms of Service.md", "# Terms\n\nYou own what you post.\n", may)
    text = "# Terms\n\nYou own what you post.\n\nWe use what you post to train our AI models.\n"
    made.record("West/Terms of Service.md", text, may + timedelta(days=30))
    ran = run("import", "ota", "repository")
    assert "2025-05-31  West · Terms of Service: AI training: introduces" in ran.out
    assert "2 of 2 versions read: 1 new, 1 changed." in ran.out
    assert "0 of 2 versions read: nothing new." in run("import", "ota", "repository").out
    assert not (here / "alerts.jsonl").exists()
    run("import", "ota", "repository", "--collection", "apart", "--alert")
    assert len((here / "alerts.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("changes",), ("show",), ("history", "Nord", "Privacy Policy"), ("crawl", "--all")]
)
def test_nothing_is_wider_than_80_columns(run: Command, here: Path, site: Server, arguments: tuple[str, ...]) -> None:
    change_id = crawled_twice(run, site)
    ran = run(*arguments, change_id) if arguments == ("show",) else run(*arguments)
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert "\x1b" not in ran.out


def test_the_demo_tells_the_whole_story(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("demo")
    assert ran.code == 0
    for said in ("2025-11-03", "all signatures are right", "Webhooks that name them: none.", "Subject: Brightrung"):
        assert said in ran.out
    assert list(tmp_path.iterdir()) == []
