"""The demo's site as a visitor sees it over the wire."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from clausewatch.demo_pages import State
from clausewatch.demo_site import MAX_HOOK_BYTES, DemoSite, Request
from crawler.declarations import load


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite() as running:
        yield running


@pytest.fixture
def client(site: DemoSite) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.base_url) as made:
        yield made


def test_a_page_changes_when_the_site_publishes(site: DemoSite, client: httpx.Client) -> None:
    before = client.get("/brightrung/privacy").text
    site.publish(State.AFTER)
    after = client.get("/brightrung/privacy").text
    assert "generative AI models that help people" not in before
    assert "generative AI models that help people" in after


@pytest.mark.parametrize(("asked", "told"), [("if-none-match", "etag"), ("if-modified-since", "last-modified")])
def test_who_has_the_text_already_is_told_so(asked: str, told: str, site: DemoSite, client: httpx.Client) -> None:
    first = client.get("/brightrung/privacy")
    again = client.get("/brightrung/privacy", headers={asked: first.headers[told]})
    site.publish(State.AFTER)
    changed = client.get("/brightrung/privacy", headers={asked: first.headers[told]})
    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.content == b""
    assert site.requests[-2] == Request(path="/brightrung/privacy", status=304)


def test_a_date_that_is_none_is_no_condition(client: httpx.Client) -> None:
    assert client.get("/brightrung/privacy", headers={"if-modified-since": "yesterday"}).status_code == 200


def test_a_flapping_page_is_never_current(client: httpx.Client) -> None:
    first = client.get("/parcello/terms")
    second = client.get("/parcello/terms", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.text != first.text
    assert "last-modified" not in second.headers


def test_head_tells_as_much_as_get_without_the_text(client: httpx.Client) -> None:
    got, head = client.get("/brightrung/terms"), client.head("/brightrung/terms")
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))


def test_the_block_page_comes_with_the_shield_s_header(site: DemoSite, client: httpx.Client) -> None:
    site.publish(State.AFTER)
    answer = client.get("/chirrup/privacy")
    assert answer.status_code == 403
    assert answer.headers["cf-mitigated"] == "challenge"
    assert "etag" not in answer.headers


def test_robots_are_told_to_stay_out_of_the_settings(client: httpx.Client) -> None:
    assert "Disallow: /brightrung/settings/" in client.get("/robots.txt").text


def test_a_webhook_is_kept_as_it_came(site: DemoSite, client: httpx.Client) -> None:
    answer = client.post("/hook", content=b'{"type":"test"}', headers={"Webhook-Id": "msg_1"})
    assert answer.status_code == 204
    (hook,) = site.hooks
    assert hook.body == b'{"type":"test"}'
    assert hook.headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(("path", "size"), [("/hook", MAX_HOOK_BYTES + 1), ("/elsewhere", 2)])
def test_what_is_no_webhook_is_refused(path: str, size: int, site: DemoSite, client: httpx.Client) -> None:
    answer = client.post(path, content=b"x" * size)
    assert answer.status_code == 400
    assert site.hooks == ()


def test_its_declarations_load_and_point_to_it(site: DemoSite, tmp_path: Path) -> None:
    declared = load([site.declare(tmp_path / "declarations")])
    assert declared.problems == ()
    assert set(declared.services) == {"Brightrung", "CVD", "Chirrup", "Parcello", "Tallybook"}
    for declaration in declared:
        for source in declaration.sources:
            assert source.fetch.startswith(site.base_url + "/")
            assert httpx.get(source.fetch).status_code == 200
