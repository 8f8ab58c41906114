"""What programs ask that look after the pages: whether they live, whether they can answer, and the numbers."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clausewatch.web.routes import FROM_HERE
from clausewatch.web.serving import site
from clausewatch.web.site import Site
from tests.support.web import browsing, filled


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("probes"), public_url="https://watch.example.org") as filled_site:
        yield filled_site


@pytest.fixture(scope="module")
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


def test_the_process_says_that_it_lives_and_can_answer(browser: httpx.Client) -> None:
    said = [(browser.get(path).status_code, browser.get(path).text) for path in ("/healthz", "/readyz")]
    assert said == [(200, "ok\n"), (200, "ready\n")]


def test_the_numbers_are_those_of_the_archive(browser: httpx.Client, over: Site) -> None:
    answer = browser.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f"clausewatch_versions {over.report().counts.versions:.1f}\n" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "watch.example.org"},
        {"X-Forwarded-For": "203.0.113.5"},
        {"Forwarded": "for=203.0.113.5"},
        {"Via": "1.1 proxy"},
        {"X-Real-IP": "203.0.113.5"},
        {"Host": "203.0.113.9:8340"},
    ],
)
def test_the_numbers_do_not_leave_this_machine(browser: httpx.Client, headers: dict[str, str]) -> None:
    answer = browser.get("/metrics", headers=headers)
    assert (answer.status_code, "clausewatch_versions" in answer.text) == (403, False)
    assert browser.get("/healthz", headers=headers).status_code == 200


def test_the_table_of_access_names_what_only_this_machine_may_read(browser: httpx.Client) -> None:
    elsewhere = {"Host": "watch.example.org"}
    closed = {path for path in ("/healthz", "/readyz", "/metrics") if browser.get(path, headers=elsewhere).is_error}
    assert closed == FROM_HERE


def test_targets_that_cannot_be_read_make_the_pages_not_ready(tmp_path: Path) -> None:
    with filled(tmp_path) as over:
        wrong = over.config.model_copy(update={"targets": (tmp_path / "none",)})
        with browsing(site(wrong, over.archive, now=over.now)) as browser:
            assert browser.get("/readyz").status_code == 503
            assert browser.get("/healthz").status_code == 200
