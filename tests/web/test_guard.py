"""What holds for every answer."""

from collections.abc import Iterator

import httpx
import pytest

from clausewatch.web.guard import HEADERS
from clausewatch.web.site import Site
from tests.support.web import browsing, filled


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("guard"), public_url="https://watch.example.org", hosts=("inside",)) as site:
        yield site


@pytest.fixture(scope="module")
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/style.css", "/static/../app.py", "/api/v1/nothing"])
def test_every_answer_has_the_headers_that_keep_a_page_from_harm(browser: httpx.Client, path: str) -> None:
    answer = browser.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_no_script_and_no_style_may_stand_in_a_page(browser: httpx.Client) -> None:
    policy = browser.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "style=" not in browser.get("/").text


@pytest.mark.parametrize(
    "host", ["watch.example.org", "WATCH.example.org:80", "inside:8340", "localhost", "[::1]:8340"]
)
def test_the_site_answers_to_its_own_names(browser: httpx.Client, host: str) -> None:
    assert browser.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.test", "evil.test:8340", "localhost.evil.test", "", "127.0.0.1.evil.test"])
def test_a_name_of_somebody_else_that_points_here_gets_nothing(browser: httpx.Client, host: str) -> None:
    answer = browser.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "Chirrup" not in answer.text


def test_a_long_request_is_refused_before_it_is_read(browser: httpx.Client) -> None:
    assert browser.post("/", content=b"x" * 70_000).status_code == 413
    assert browser.post("/", content=iter([b"x"])).status_code == 411


def test_pages_only_read(browser: httpx.Client) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert browser.request(method, "/").status_code == 405
