"""Who may do what: every route, asked by nobody in particular, and what whoever has the token may do."""

import json
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from bs4 import BeautifulSoup
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Route

from clausewatch.web.access import STAY, Access
from clausewatch.web.app import create
from clausewatch.web.routes import BY_TOKEN
from clausewatch.web.site import Site
from tests.support.web import NOW, TOKEN, browsing, filled

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("access"), token=TOKEN) as filled_site:
        yield filled_site


@pytest.fixture
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


def every_route(over: Site) -> list[tuple[str, str]]:
    """(method, path) of all that the application answers, however it was added."""
    routes: list[BaseRoute] = []
    for route in create(over).routes:
        within = getattr(route, "original_router", None)
        routes += within.routes if within else [route]
    assert all(isinstance(route, Route | APIRoute) for route in routes), "a route of a sort this test does not know"
    found = [
        (method, route.path)
        for route in routes
        if isinstance(route, Route | APIRoute)
        for method in sorted(route.methods or ())
    ]
    assert len(found) > 50
    return found


def flagged(over: Site) -> str:
    return next(change.id for change in over.archive.changes(topic="ai_training") if change.before)


def signed_in(browser: httpx.Client, name: str = "Ada") -> httpx.Client:
    answer = browser.post("/sign-in", data={"token": TOKEN, "name": name, "back": "/about"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/about")
    return browser


def csrf(browser: httpx.Client, path: str) -> str:
    field = BeautifulSoup(browser.get(path).text, "lxml").select_one("input[name=csrf]")
    assert field is not None
    return str(field["value"])


def test_every_address_that_writes_or_is_closed_stands_in_the_table(over: Site) -> None:
    found = every_route(over)
    own = {"/sign-in", "/unsubscribe/{token}"}  # each checks a token of its own
    assert {path for method, path in found if method in WRITING} - own == set(BY_TOKEN) - {"/api/v1/deliveries"}
    assert {path for _, path in found} > set(BY_TOKEN)


def test_nobody_in_particular_can_write_anywhere(over: Site, browser: httpx.Client) -> None:
    before = over.stand()
    for method, path in every_route(over):
        if path in BY_TOKEN:
            for body in (
                {"data": {"csrf": "x", "verdict": "right"}},
                {"json": {"reader": "x", "verdict": "right"}},
                {},
            ):
                asked = path.format(change_id=flagged(over))
                answer = browser.get(asked) if method == "GET" else browser.post(asked, **body)  # type: ignore[arg-type]
                assert answer.status_code == 401, (method, path, answer.text)
    assert over.stand() == before


def test_without_a_token_in_the_configuration_nobody_can_sign_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    with filled(tmp_path_factory.mktemp("closed")) as over, browsing(over) as browser:
        assert browser.get("/sign-in").status_code == 404
        for token in ("", "none", TOKEN):
            answer = browser.post("/sign-in", data={"token": token, "name": "Ada"})
            assert answer.headers["location"] == "/sign-in?wrong=yes"
            assert "set-cookie" not in answer.headers
        path = f"/api/v1/changes/{flagged(over)}/verdicts"
        assert browser.post(path, json={}, headers={"Authorization": "Bearer x"}).status_code == 403


def test_a_wrong_token_signs_nobody_in(browser: httpx.Client) -> None:
    answer = browser.post("/sign-in", data={"token": TOKEN + "x", "name": "Ada"})
    assert answer.headers["location"] == "/sign-in?wrong=yes"
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: httpx.Client) -> None:
    cookie = browser.post("/sign-in", data={"token": TOKEN, "name": "Ada"}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_a_reader_is_never_led_to_another_site_after_signing_in(browser: httpx.Client) -> None:
    for back in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"):
        answer = browser.post("/sign-in", data={"token": TOKEN, "name": "Ada", "back": back})
        assert answer.headers["location"] == "/"


def test_a_verdict_is_kept_with_the_readers_name_and_shown(over: Site, browser: httpx.Client) -> None:
    path = f"/change/{flagged(over)}"
    signed_in(browser)
    form = {
        "csrf": csrf(browser, path),
        "topic": "ai_training",
        "verdict": "wrong",
        "effect": "limits",
        "reason": "<b>",
    }
    assert browser.post(f"{path}/verdict", data=form).headers["location"] == f"{path}#verdicts"
    with browsing(over) as stranger:
        shown = BeautifulSoup(stranger.get(path).text, "lxml").select_one(".verdicts")
    assert shown is not None
    assert "Ada : AI training: wrong (limits): <b>" in shown.get_text(" ", strip=True)
    assert not shown.select("form, b")


def test_a_change_is_acknowledged_with_a_note(over: Site, browser: httpx.Client) -> None:
    path = f"/change/{flagged(over)}"
    signed_in(browser, "Grace")
    browser.post(f"{path}/acknowledge", data={"csrf": csrf(browser, path), "note": "told the desk"})
    assert "told the desk" in browser.get(path).text


def test_a_form_of_another_site_changes_nothing(over: Site, browser: httpx.Client) -> None:
    path = f"/change/{flagged(over)}"
    signed_in(browser)
    good = {"csrf": csrf(browser, path), "topic": "ai_training", "verdict": "right"}
    before = over.stand()
    for form, headers in (
        ({**good, "csrf": ""}, {}),
        ({**good, "csrf": "0" * 64}, {}),
        (good, {"Sec-Fetch-Site": "cross-site"}),
        (good, {"Sec-Fetch-Site": "same-site"}),
        (good, {"Origin": "https://evil.test"}),
        (good, {"Origin": "null"}),
    ):
        assert browser.post(f"{path}/verdict", data=form, headers=headers).status_code == 403
    assert browser.post(f"{path}/verdict", json=good).status_code == 403
    assert browser.get(f"{path}/verdict", params=good).status_code == 405
    assert over.stand() == before


def test_a_form_that_asks_what_cannot_be_changes_nothing(over: Site, browser: httpx.Client) -> None:
    path = f"/change/{flagged(over)}"
    signed_in(browser)
    token, before = csrf(browser, path), over.stand()
    for wrong in ({"verdict": "maybe"}, {"topic": "weather"}, {"effect": "x"}):
        form = {"csrf": token, "topic": "ai_training", "verdict": "right", **wrong}
        assert browser.post(f"{path}/verdict", data=form).status_code == 404
    retry = browser.post("/delivery/retry", data={"csrf": token, "id": "x", "channel": "y"})
    assert retry.status_code == 404
    assert over.stand() == before


def test_pages_of_a_signed_reader_are_kept_nowhere(browser: httpx.Client) -> None:
    anonymous = browser.get("/").text
    signed_in(browser)
    answer = browser.get("/")
    assert "Signed in as Ada" in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    browser.cookies.clear()
    assert browser.get("/").text == anonymous


def test_signing_out_forgets_the_reader(browser: httpx.Client) -> None:
    signed_in(browser)
    browser.post("/sign-out", data={"csrf": csrf(browser, "/")})
    assert "Signed in as" not in browser.get("/").text


def test_programs_write_with_the_token_in_the_header(over: Site, browser: httpx.Client) -> None:
    path = f"/api/v1/changes/{flagged(over)}/verdicts"
    body = {"topic": "ai_training", "verdict": "right", "reader": "desk"}
    assert browser.post(path, json=body, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 201
    assert browser.post(path, json=body, headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
    signed_in(browser)
    assert browser.post(path, json=body).status_code == 401


def test_a_cookie_that_was_made_up_or_has_grown_old_is_nobodys() -> None:
    access = Access(TOKEN)
    cookie = access.cookie("Ada", NOW)
    assert access.signed(cookie, NOW) is not None
    assert access.signed(cookie, NOW + STAY) is None
    assert access.signed(cookie, NOW + STAY - timedelta(seconds=1)) is not None
    assert access.signed(cookie[:-1] + ("0" if cookie[-1] != "0" else "1"), NOW) is None
    assert Access(TOKEN + "x").signed(cookie, NOW) is None
    for made_up in ("", ".", "...", "9999999999.41..", "é"):
        assert access.signed(made_up, NOW) is None


def test_the_token_never_shows(over: Site, browser: httpx.Client) -> None:
    signed_in(browser)
    for path in ("/", "/sign-in", "/health", "/api/v1/openapi.json", "/api/v1/docs"):
        assert TOKEN not in browser.get(path).text
    assert TOKEN not in repr(over.config)
    assert TOKEN not in json.dumps(over.config.model_dump(mode="json"))
