"""Terms, versions, topics and what can be looked for in them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from clausewatch.web.reading import read_due
from clausewatch.web.site import Site
from clausewatch.web.slugs import document_slug, service_slug
from diffing.version import Document
from tests.support.flagging import topics
from tests.support.web import NEW, OLD, POLICY, START, browsing, filled, keep


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("history")) as filled_site:
        read_due(filled_site.archive, topics())
        yield filled_site


@pytest.fixture(scope="module")
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


def shown(browser: httpx.Client, path: str) -> BeautifulSoup:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_the_services_lead_to_their_terms_and_flagged_changes(browser: httpx.Client) -> None:
    names = [link.get_text() for link in shown(browser, "/services").select("a.service")]
    assert names == ["Chirrup & Co", "Tallybook"]
    page = shown(browser, f"/service/{service_slug('Chirrup & Co')}")
    assert page.select_one("tbody th a")["href"] == f"/terms/{document_slug(POLICY)}"  # type: ignore[index]
    assert len(page.select("article.story")) == 1


def test_terms_have_a_time_line_with_kinds_and_say_what_they_say_now(browser: httpx.Client) -> None:
    page = shown(browser, f"/terms/{document_slug(POLICY)}")
    lines = [line.get_text(" ", strip=True) for line in page.select("ol.timeline li")]
    assert len(lines) == 3
    assert "AI training introduces" in lines[1]
    assert "first seen" in lines[2]
    (says,) = page.select("#says ~ .scroll tbody tr:has(.stance-permits)")
    assert "train our generative AI models" in says.get_text()
    assert "11 Sept 2025" in says.get_text()


def test_flips_are_folded_into_one_line(tmp_path: Path) -> None:
    with filled(tmp_path) as over:
        flipping = Document(service="Parcello", terms="Terms of Service")
        keep(over.archive, flipping, [OLD, NEW, OLD, NEW, OLD], flips=True)
        with browsing(over) as browser:
            lines = shown(browser, f"/terms/{document_slug(flipping)}").select("ol.timeline li")
    assert [("flips" in line.get("class", [])) for line in lines] == [True, False, False]
    assert "3 times" in lines[0].get_text()


def test_the_text_in_force_on_a_day_is_found(browser: httpx.Client, over: Site) -> None:
    path = f"/terms/{document_slug(POLICY)}/on"
    first, second, *_ = over.archive.versions(POLICY)
    for days, version in ((0, first), (9, first), (10, second), (15, second)):
        day = (START + timedelta(days=days)).date().isoformat()
        answer = browser.get(path, params={"day": day})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/version/{version.id}")
    before = browser.get(path, params={"day": "2020-01-01"})
    assert before.status_code == 404
    assert "the first one was on 1 September 2025" in before.text
    assert browser.get(path, params={"day": "soon"}).headers["location"] == f"/terms/{document_slug(POLICY)}"


def test_any_two_versions_are_compared_the_older_before(browser: httpx.Client, over: Site) -> None:
    first, _, third = over.archive.versions(POLICY)
    chosen = browser.get(f"/terms/{document_slug(POLICY)}", params={"a": third.id, "b": first.id})
    assert chosen.headers["location"] == f"/diff/{third.id}/{first.id}"
    page = shown(browser, chosen.headers["location"])
    assert "1 September 2025" in page.h1.get_text()  # type: ignore[union-attr]
    assert page.select(".flags li.introduces")
    assert page.select(".row.reworded ins")


def test_a_version_names_the_day_each_passage_came(browser: httpx.Client, over: Site) -> None:
    third = over.archive.versions(POLICY)[-1]
    page = shown(browser, f"/version/{third.id}")
    days = [since.get_text(strip=True) for since in page.select(".blame .since") if since.get_text(strip=True)]
    assert days[0] == "1 Sept 2025"
    assert "11 Sept 2025" in days
    assert days[-1] == "21 Sept 2025"


def test_texts_are_given_as_plain_text_in_which_nothing_runs(browser: httpx.Client, over: Site) -> None:
    third = over.archive.versions(POLICY)[-1]
    answer = browser.get(f"/version/{third.id}/text")
    assert answer.text == third.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert browser.get(f"/version/{third.id}/capture/1").status_code == 404


def test_a_topic_says_who_says_what_since_when(browser: httpx.Client) -> None:
    page = shown(browser, "/topic/ai_training")
    assert "1 permit it" in page.select_one(".standfirst").get_text()  # type: ignore[union-attr]
    row = page.select_one("table.who tbody tr")
    assert row is not None
    assert "Chirrup & Co" in row.get_text()
    assert browser.get("/topic/weather").status_code == 404


def test_the_numbers_come_as_csv_in_which_nothing_is_a_formula(browser: httpx.Client) -> None:
    for path in ("/pictures/months.csv", "/topic/ai_training.csv", f"/pictures/terms/{document_slug(POLICY)}/line.csv"):
        answer = browser.get(path)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(answer.text.splitlines()) > 1
    assert browser.get("/pictures/terms/nothing/line.csv").status_code == 404


def test_everything_that_was_ever_said_is_found_with_its_dates(browser: httpx.Client) -> None:
    page = shown(browser, "/search?q=train*")
    (hit, *_) = page.select("ol.hits > li")
    assert hit.select("mark")
    assert "since 11 Sept 2025" in hit.get_text()
    assert "names no word" in shown(browser, "/search?q=***").get_text()
    assert "Nothing was found" in shown(browser, "/search?q=xylophone").get_text()


def test_days_ahead_are_told_with_the_words_that_name_them(browser: httpx.Client) -> None:
    text = shown(browser, "/coming-up").get_text(" ", strip=True)
    assert "3 November 2025" in text
    assert "in 33 days" in text


def test_the_record_says_what_was_left_out_as_noise(browser: httpx.Client) -> None:
    rows = [row.get_text(" ", strip=True) for row in shown(browser, "/about").select("table tbody tr")]
    assert "cosmetic 1 0 0 white space, punctuation, case, markup or order only" in rows


def test_health_names_nothing_when_all_is_well(browser: httpx.Client) -> None:
    assert "Every text could be read" in shown(browser, "/health").get_text()


@pytest.mark.parametrize("path", ["/terms/none", "/service/none", "/version/none", "/diff/a/b", "/topic/ai_training/9"])
def test_what_is_not_on_record_is_not_found(browser: httpx.Client, path: str) -> None:
    assert browser.get(path).status_code == 404
