"""The past: read through CDX from an archive on loopback, politely, and gone on with where it stopped."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import HistoryError
from crawler.imports.wayback import Cdx, Patient, Snapshot, timeline
from crawler.imports.wayback.fetching import LONGEST
from crawler.run import fetch
from crawler.spiders.pages import Page
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from tests.support.command import Command, command
from tests.support.crawling import SETTINGS
from tests.support.past import Past
from tests.support.server import Reply, Server, serving

run = pytest.fixture(command)

URL = "https://nord.example/privacy"
CLAUSES = "".join(f"<p>We keep your {kind} while your account is open.</p>" for kind in ("name", "posts", "photograph"))
OLD = f"<main><h1>Privacy</h1>{CLAUSES}</main>"
NEW = OLD.replace("</main>", "<p>From 3 November 2025 we use your posts to train our generative AI models.</p></main>")
WALL = "<title>Just a moment</title><script>_cf_chl_opt</script>"
NOW = datetime(2025, 12, 1, tzinfo=UTC)


@pytest.fixture
def past() -> Past:
    return Past(
        {
            URL: {
                "20240101080000": OLD,
                "20240601080000": OLD,
                "20250301080000": WALL,
                "20250901080000": OLD + "<!-- another day -->",
                "20251103080000": NEW,
                "20251103200000": NEW + "<!-- later that day -->",
            }
        }
    )


@pytest.fixture
def archive(past: Past) -> Iterator[Server]:
    with serving(past) as server:
        yield server


@pytest.fixture
def here(tmp_path: Path, archive: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = f'targets = ["t"]\n[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n[wayback]\nurl = "{archive.url}"\n'
    (tmp_path / "clausewatch.toml").write_text(config + "delay = 0\n")
    (tmp_path / "t").mkdir()
    terms = {"Privacy Policy": {"fetch": URL, "select": "main"}, "Blog": {"watch": {"feed": f"{URL}/feed"}}}
    (tmp_path / "t" / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def patient(naps: list[float]) -> Patient:
    return Patient(fetch=lambda pages: fetch(pages, settings=SETTINGS), sleep=naps.append, now=lambda: NOW)


def test_the_past_is_flagged_by_date_kept_apart_and_told_to_nobody(run: Command, here: Path) -> None:
    ran = run("import", "wayback", "Nord", "Privacy Policy")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2025-11-03  Nord · Privacy Policy: AI training: introduces",
        "4 of 4 captures read: 1 new, 1 fault, 1 unchanged, 1 changed.",
    ]
    first, second = run("history", "Nord", "Privacy Policy", "--collection", "wayback", "--json").lines
    assert first["after"]["observed_at"].startswith("2024-01-01T08:00:00")
    assert second["topics"] == ["ai_training"]
    assert second["url"].endswith(f"/web/20251103080000/{URL}")


def test_an_import_goes_on_where_the_last_one_stopped(run: Command, here: Path, archive: Server) -> None:
    run("import", "wayback", "Nord", "Privacy Policy", "--to", "2025-06-01")
    archive.requests.clear()
    ran = run("import", "wayback", "Nord", "Privacy Policy")
    assert "2 of 4 captures read, 2 passed over as kept or older: 1 unchanged, 1 changed." in ran.out
    pages = [path for path in archive.paths if path.startswith("/web/")]
    assert [path[5:13] for path in pages] == ["20250901", "20251103"]


def test_the_days_asked_for_bound_what_is_read(run: Command, here: Path) -> None:
    options = ("--from", "2025-08-01", "--to", "2025-10-01", "--json")
    (line,) = run("import", "wayback", "Nord", "Privacy Policy", *options).lines
    assert line["outcome"] == "new"
    assert run("import", "wayback", "Nord", "Privacy Policy", "--from", "yesterday").code == 2


def test_a_blog_and_an_unknown_service_are_refused(run: Command, here: Path) -> None:
    ran = run("import", "wayback", "Nord", "Blog")
    assert (ran.code, ran.err) == (
        2,
        "clausewatch: import wayback: a blog has no single page; name terms that are one text, and a collection\n",
    )
    assert run("import", "wayback", "Sued", "Privacy Policy").code == 1


def test_an_archive_that_asks_to_wait_is_waited_for(past: Past, archive: Server) -> None:
    past.busy = [Reply(status=429, headers={"Retry-After": "7"}), Reply(status=503), Reply(status=503)]
    naps: list[float] = []
    url = f"{archive.url}/web/20240101080000id_/{URL}"
    found = patient(naps).many([url])[url]
    assert isinstance(found, Capture)
    assert found.body.decode() == OLD
    assert [nap for nap in naps if nap] == [7.0, 60.0, 120.0]


def test_an_archive_that_asks_for_too_much_patience_stops_the_import(past: Past, archive: Server) -> None:
    past.busy = [Reply(status=429, headers={"Retry-After": str(int(LONGEST) + 1)})]
    with pytest.raises(HistoryError) as stopped:
        patient([]).many([f"{archive.url}/web/20240101080000id_/{URL}"])
    assert str(stopped.value).endswith(": asks to wait 301 s; run the import again then; it goes on where it was")


def test_a_page_the_archive_has_lost_is_a_fault_of_its_moment(run: Command, here: Path, past: Past) -> None:
    past.replies[f"/web/20240101080000id_/{URL}"] = Reply(status=404)
    ran = run("import", "wayback", "Nord", "Privacy Policy", "--json")
    assert [line["outcome"] for line in ran.lines] == ["fault", "fault", "new", "changed"]
    assert ran.lines[0]["fault"]["reason"] == "not_found"


def test_an_archive_that_is_down_stops_the_import_with_what_to_do(run: Command, here: Path, archive: Server) -> None:
    archive.close()
    ran = run("import", "wayback", "Nord", "Privacy Policy")
    assert ran.code == 1
    assert ran.err.endswith(": the server refuses connections; run the import again to go on\n")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<html>", "answers with something that is no JSON"),
        ('{"error": 1}', "answers with something that is no CDX"),
        ('[["timestamp", "original", "digest"], ["2024"]]', "answers with rows that are no captures"),
        ('[["timestamp", "original", "digest"], ["2024", "x", "y"]]', "gives '2024' as the time of a capture"),
    ],
)
def test_an_index_that_answers_something_else_is_an_error(past: Past, archive: Server, body: str, what: str) -> None:
    past.replies["/cdx/search/cdx"] = Reply(body=body)
    with pytest.raises(HistoryError) as wrong:
        Cdx(base=archive.url).snapshots(URL, patient([]))
    assert wrong.value.what == what


def test_a_long_index_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch, archive: Server) -> None:
    monkeypatch.setattr("crawler.imports.wayback.cdx.ROWS", 2)
    found = Cdx(base=archive.url).snapshots(URL, patient([]))
    assert [one.at.month for one in found] == [1, 3, 9, 11, 11]
    assert len([path for path in archive.paths if path.startswith("/cdx")]) == 3


def test_the_address_rules_hold_for_the_archive_too() -> None:
    url = "http://169.254.169.254/web/20240101080000id_/https://nord.example/"
    found = fetch([Page(url=url, raw=True)])[url]
    assert isinstance(found, Fault)
    assert found.reason is FaultReason.FORBIDDEN_ADDRESS


def test_a_state_of_several_pages_begins_when_all_had_been_seen_and_is_dated_by_the_newest() -> None:
    def snap(day: int, name: str, hour: int = 8) -> Snapshot:
        at = datetime(2025, 5, day, hour, tzinfo=UTC)
        return Snapshot(at=at, original=name, url=name, page=name, digest=name)

    moments = timeline([[snap(1, "a1"), snap(9, "a2")], [snap(4, "b1"), snap(9, "b2", 20)]])
    assert [(one.at.day, one.at.hour, [part.original for part in one.parts]) for one in moments] == [
        (4, 8, ["a1", "b1"]),
        (9, 8, ["a2", "b1"]),
    ]
