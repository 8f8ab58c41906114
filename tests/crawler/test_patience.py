"""Sites that ask for patience are left alone until the time is over, by this crawl and the next ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausewatch.config import find
from clausewatch.schedule import Schedule
from crawler.declarations import Source
from crawler.patience import FIRST, LONGEST, LONGEST_ASKED, wait_after, waiting
from crawler.run import crawl
from diffing.archive import Archive
from diffing.fault import Fault, FaultReason
from diffing.wait import Wait
from tests.support.crawling import SETTINGS, Kept, terms
from tests.support.server import Answer, Reply, serving

NOW = datetime(2025, 9, 18, 12, tzinfo=UTC)
URL = "https://www.example.org/terms"


def earlier(failures: int) -> Wait:
    return Wait(place=URL, until=NOW, failures=failures)


@pytest.mark.parametrize(
    ("status", "asked", "failures", "place", "length"),
    [
        (429, "", 0, "www.example.org", FIRST),
        (429, "90", 0, "www.example.org", timedelta(seconds=90)),
        (503, "Thu, 18 Sep 2025 13:00:00 GMT", 0, URL, timedelta(hours=1)),
        (503, "Thu, 18 Sep 2025 11:00:00 GMT", 0, URL, timedelta()),
        (500, "", 0, URL, FIRST),
        (500, "", 1, URL, 2 * FIRST),
        (502, "soon", 2, URL, 4 * FIRST),
        (500, "", 60, URL, LONGEST),
        (429, "999999999999999", 0, "www.example.org", LONGEST_ASKED),
        (429, "-5", 0, "www.example.org", FIRST),
    ],
)
def test_what_a_server_asks_for_counts_else_the_time_doubles(
    status: int, asked: str, failures: int, place: str, length: timedelta
) -> None:
    wait = wait_after(URL, status, asked, earlier(failures) if failures else None, NOW)
    assert wait == Wait(place=place, until=NOW + length, failures=failures + 1)


@pytest.mark.parametrize("status", [200, 301, 304, 403, 404])
def test_other_answers_ask_for_nothing(status: int) -> None:
    assert wait_after(URL, status, "60", None, NOW) is None


def test_a_wait_for_a_host_holds_for_all_its_addresses_and_one_for_an_address_for_that_alone() -> None:
    waits = {"a.example": Wait(place="a.example", until=NOW + FIRST, failures=1)}
    waits |= {URL: Wait(place=URL, until=NOW + LONGEST, failures=1)}
    assert waiting(["https://a.example/any"], waits, NOW) == waits["a.example"]
    assert waiting(["https://www.example.org/other"], waits, NOW) is None
    assert waiting(["https://a.example/any", URL], waits, NOW) == waits[URL]
    assert waiting([URL], waits, NOW + LONGEST) is None


def test_a_site_that_asked_for_an_hour_is_not_asked_by_the_next_crawl_and_then_again(tmp_path: Path) -> None:
    kept = Kept()
    pages: dict[str, Answer] = {"/a": Reply(status=429, headers={"Retry-After": "3600"})}
    with serving(pages) as server, Archive.open(tmp_path / "a.db") as archive:
        target = terms(Source(fetch=f"{server.url}/a", select=("main",)))

        def visit(minutes: int) -> Fault | None:
            at = NOW + timedelta(minutes=minutes)
            (came,) = crawl([target], sink=kept, settings=SETTINGS, now=lambda: at, waits=archive)
            return came.fault

        first = visit(0)
        asked = len(server.requests)
        pages["/a"] = "<main>Text.</main>"
        second = visit(30)
        assert len(server.requests) == asked
        assert visit(61) is None
        assert archive.waits() == {}
    assert first is not None
    assert second is not None
    assert (first.reason, second.reason) == (FaultReason.RATE_LIMITED,) * 2
    assert second.what == "it is not to be asked before 2025-09-18 13:00 UTC"


def test_a_server_that_goes_on_failing_is_asked_less_and_less_often(tmp_path: Path) -> None:
    pages: dict[str, Answer] = {"/a": Reply(status=500)}
    with serving(pages) as server, Archive.open(tmp_path / "a.db") as archive:
        target = terms(Source(fetch=f"{server.url}/a", select=("main",)))
        for minutes in (0, 6, 17):
            at = NOW + timedelta(minutes=minutes)
            crawl([target], sink=Kept(), settings=SETTINGS, now=lambda at=at: at, waits=archive)  # type: ignore[misc]
        (wait,) = archive.waits().values()
    assert server.paths == ["/a"] * 3
    assert (wait.failures, wait.until) == (3, NOW + timedelta(minutes=17) + 4 * FIRST)


def test_what_is_due_is_not_visited_before_the_time_to_come_back(tmp_path: Path) -> None:
    config = find(None)
    declared = [terms(Source(fetch=URL)), terms(Source(fetch="https://other.example/"), name="Other")]
    schedule = Schedule(config, declared)
    with Archive.open(tmp_path / "a.db") as archive:
        archive.keep_wait(Wait(place="www.example.org", until=NOW + FIRST, failures=1))
        assert [one.terms for one in schedule.due(archive, NOW)] == ["Other"]
        assert [one.terms for one in schedule.due(archive, NOW + FIRST)] == ["Privacy Policy", "Other"]
        assert {one.declaration.terms: one.at for one in schedule.planned(archive, NOW)} == {
            "Other": NOW,
            "Privacy Policy": NOW + FIRST,
        }


def test_the_delay_that_robots_txt_asks_for_is_kept_between_two_requests() -> None:
    robots = "User-agent: *\nCrawl-delay: 0.4"

    with serving({"/robots.txt": robots, "/a": "<main>A.</main>", "/b": "<main>B.</main>"}) as server:
        targets = [terms(Source(fetch=f"{server.url}/{name}", select=("main",)), name=name) for name in "ab"]
        crawl(targets, sink=Kept(), settings=SETTINGS, now=lambda: NOW)
        times = [asked.at for asked in server.requests if asked.path != "/robots.txt"]
    assert times[1] - times[0] >= 0.35
