"""The Health page: all that the report of the watch says, and to whom."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from bs4 import BeautifulSoup

from alerts.outbox import Outbox
from clausewatch.lock import held
from clausewatch.web.serving import site
from clausewatch.web.site import Site
from diffing.archive.record import Attempt
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from diffing.version import Document
from tests.support.outbox import note
from tests.support.web import NOW, TOKEN, browsing, filled

GONE = Document(service="Postcard", terms="Cookie Policy")
FAULT = Fault(
    reason=FaultReason.NOT_FOUND, where="https://postcard.test/c", what="the server says 404 <b>", todo="look for it"
)


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("health"), token=TOKEN) as filled_site:
        for days in (3, 2):
            attempt = Attempt(
                document=GONE, at=NOW - timedelta(days=days), outcome=Outcome.FAULT, version_id=None, fault=FAULT
            )
            filled_site.archive.attempt(attempt)
        outbox = Outbox(filled_site.archive)
        outbox.add([note("one", channel="desk")], NOW - timedelta(hours=5))
        outbox.disable("desk", "it answered 410", NOW - timedelta(hours=1))
        yield filled_site


@pytest.fixture
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


def section(browser: httpx.Client, name: str, path: str = "/health") -> str:
    found = BeautifulSoup(browser.get(path).text, "lxml").select_one(f"section[aria-labelledby={name}]")
    assert found is not None, name
    return found.get_text(" ", strip=True)


def test_a_fault_is_told_with_since_when_how_often_and_what_to_do(browser: httpx.Client) -> None:
    told = section(browser, "faulty")
    for words in ("(1)", "Postcard · Cookie Policy", "the server says 404 <b>", "28 Sept 2025", "2 visits", "look for"):
        assert words in told, words


def test_the_daemon_is_told_by_its_lock(browser: httpx.Client, over: Site) -> None:
    assert "does not run: start it with clausewatch daemon" in section(browser, "watch")
    with held(over.path, NOW):
        assert "runs since 1 October 2025, 08:00 UTC" in section(browser, "watch")
    assert "en marche" not in section(browser, "watch", "/fr/health")


def test_the_page_says_what_is_due_and_how_much_room_there_is(browser: httpx.Client, over: Site) -> None:
    report, told = over.report(), section(browser, "watch")
    assert f"{report.targets} texts declared, {report.due} due." in told
    assert "are free" in told


def test_a_disabled_channel_is_counted_for_all_and_named_to_whoever_is_signed_in(browser: httpx.Client) -> None:
    told = section(browser, "deliveries")
    assert "Channels nothing is sent to (1)" in told
    assert "410" not in told
    browser.post("/sign-in", data={"token": TOKEN, "name": "Ada"})
    told = section(browser, "deliveries")
    assert "desk" in told
    assert "it answered 410. clausewatch alerts enable desk" in told


def test_targets_that_cannot_be_read_leave_the_rest_of_the_page(over: Site) -> None:
    wrong = over.config.model_copy(update={"targets": (over.path.parent / "none",)})
    with browsing(site(wrong, over.archive, now=over.now)) as browser:
        text = browser.get("/health").text
    assert "clausewatch doctor says why" in text
    assert "7 visits" in text
