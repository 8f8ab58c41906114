"""What programs are answered."""

from collections.abc import Iterator

import feedparser
import httpx
import pytest

from clausewatch.web.reading import read_due
from clausewatch.web.site import Site
from clausewatch.web.slugs import document_slug
from diffing.version import Document
from tests.support.flagging import topics
from tests.support.schema import problems
from tests.support.web import NEW, NOW, OLD, POLICY, browsing, filled, keep

OTA = "/collection-api/v1"


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("api")) as filled_site:
        read_due(filled_site.archive, topics())
        yield filled_site


@pytest.fixture(scope="module")
def program(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as client:
        yield client


LISTS = ("services", "terms", "versions", "changes?show=all", "flags", "facts", "search?q=privacy+OR+terms+OR+posts")


@pytest.mark.parametrize("path", LISTS)
def test_a_list_read_in_pages_is_the_list_read_at_once(program: httpx.Client, path: str) -> None:
    whole = program.get(f"/api/v1/{path}").json()
    assert whole["next"] is None
    assert whole["data"]
    found, after = [], ""
    while after is not None:
        page = program.get(f"/api/v1/{path}{'&' if '?' in path else '?'}limit=1&after={after}").json()
        found += page["data"]
        after = page["next"]
    assert found == whole["data"]


def test_a_page_stays_the_same_while_the_list_grows(tmp_path_factory: pytest.TempPathFactory) -> None:
    with filled(tmp_path_factory.mktemp("growing")) as over, browsing(over) as program:
        first = program.get("/api/v1/versions?limit=2").json()
        second = program.get(f"/api/v1/versions?limit=2&after={first['next']}").json()
        keep(over.archive, Document(service="Brightrung", terms="Privacy Policy"), [OLD, NEW, OLD], start=NOW)
        assert program.get(f"/api/v1/versions?limit=2&after={first['next']}").json() == second


def test_a_change_has_the_form_of_the_webhook_and_its_edits_beside(over: Site, program: httpx.Client) -> None:
    (entry,) = program.get("/api/v1/changes?topic=ai_training").json()["data"]
    change = program.get(f"/api/v1/changes/{entry['id']}").json()
    body = {"type": "policy.change", "timestamp": change["after"]["observed_at"], "data": change}
    assert problems(body) == []
    edits = program.get(f"/api/v1/changes/{entry['id']}/edits").json()
    assert {edit["kind"] for edit in edits} >= {"reworded", "moved"}
    reworded = next(edit for edit in edits if edit["kind"] == "reworded")
    assert "".join(words for op, words in reworded["words"] if op != "insert") == reworded["before"]


def test_statements_say_who_says_what_now(program: httpx.Client) -> None:
    found = program.get("/api/v1/statements?topic=ai_training").json()
    assert {(one["service"], one["stance"]) for one in found} >= {("Chirrup & Co", "permits")}
    assert all(one["since"].startswith("2025-09-11") for one in found)


def test_a_version_is_given_with_its_text(over: Site, program: httpx.Client) -> None:
    newest = over.archive.versions(POLICY)[-1]
    found = program.get(f"/api/v1/versions/{newest.id}").json()
    assert (found["text"], found["terms"]) == (newest.text, document_slug(POLICY))


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/changes/none", 404, "not_found"),
        ("/api/v1/flags?terms_id=none", 404, "not_found"),
        ("/api/v1/services?limit=0", 422, "invalid"),
        ("/api/v1/services?after=!!", 404, "not_found"),
        ("/api/v1/services?after=WzEsMl0", 404, "not_found"),
        ("/api/v1/search?q=***", 404, "not_found"),
        ("/api/v1/deliveries", 403, "forbidden"),
    ],
)
def test_errors_have_one_shape(program: httpx.Client, path: str, status: int, code: str) -> None:
    answer = program.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert set(answer.json()["error"]) == {"code", "message"}


def test_what_a_program_has_is_not_sent_again(program: httpx.Client) -> None:
    first = program.get("/api/v1/terms")
    again = program.get("/api/v1/terms", headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")


def test_clients_of_the_open_terms_archive_find_what_they_ask_for(over: Site, program: httpx.Client) -> None:
    metadata = program.get(f"{OTA}/metadata").json()
    assert (metadata["totalServices"], metadata["totalTerms"]) == (2, 2)
    services = program.get(f"{OTA}/services").json()
    assert services[0] == {"id": "Chirrup & Co", "name": "Chirrup & Co", "terms": [{"type": "Privacy Policy"}]}
    detail = program.get(f"{OTA}/service/Chirrup%20%26%20Co").json()
    assert detail["terms"][0]["sourceDocuments"] == [{"location": "https://chirrup.test/p"}]
    listed = program.get(f"{OTA}/versions/Chirrup%20%26%20Co/Privacy%20Policy?limit=2").json()
    assert (listed["count"], listed["limit"], listed["offset"], len(listed["data"])) == (3, 2, 0, 2)
    first, second, third = over.archive.versions(POLICY)
    assert listed["data"][0] == {
        "id": third.id,
        "serviceId": "Chirrup & Co",
        "termsType": "Privacy Policy",
        "fetchDate": "2025-09-21T06:00:00Z",
        "isFirstRecord": False,
        "isTechnicalUpgrade": False,
    }
    one = program.get(f"{OTA}/version/{second.id}").json()
    assert one["links"] == {"first": first.id, "prev": first.id, "next": third.id, "last": third.id}
    base = f"{OTA}/version/Chirrup%20%26%20Co/Privacy%20Policy"
    assert program.get(f"{base}/latest").json()["content"] == third.text
    assert program.get(f"{base}/2025-09-12T00:00:00Z").json()["id"] == second.id


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/service/none", 404),
        ("/versions/none", 404),
        ("/versions?limit=501", 400),
        ("/versions?limit=x", 400),
        ("/nothing", 404),
        ("/versions?offset=-1", 400),
        ("/version/none", 404),
        ("/version/a/b/2020-01-01T00:00:00Z", 404),
        ("/version/a/b/tomorrow", 400),
        ("/version/a/b/2099-01-01T00:00:00Z", 416),
        ("/feed/none", 404),
    ],
)
def test_their_errors_have_the_shape_they_know(program: httpx.Client, path: str, status: int) -> None:
    answer = program.get(f"{OTA}{path}")
    assert answer.status_code == status
    assert list(answer.json()) == ["error"]


@pytest.mark.parametrize("path", ["/feed.atom", "/fr/feed.atom", "/feed/topic/ai_training.atom", f"{OTA}/feed"])
def test_feeds_are_atom_and_lead_to_the_pages(program: httpx.Client, path: str) -> None:
    answer = program.get(path)
    feed = feedparser.parse(answer.content)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert not feed.bozo
    assert feed.entries


def test_pages_name_their_feeds(program: httpx.Client) -> None:
    assert 'type="application/atom+xml"' in program.get("/").text
    assert 'href="/feed/topic/ai_training.atom"' in program.get("/topic/ai_training").text


def test_the_endpoints_are_told_on_a_page(program: httpx.Client) -> None:
    page = program.get("/api/v1/docs")
    assert "GET /api/v1/changes/{change_id}/edits" in page.text
