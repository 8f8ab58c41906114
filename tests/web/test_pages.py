"""What a reader sees."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from clausewatch.config import Config
from clausewatch.web.serving import site
from clausewatch.web.site import Site
from diffing.archive import Archive
from tests.support.web import NOW, browsing, filled


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("web")) as filled_site:
        yield filled_site


@pytest.fixture(scope="module")
def browser(over: Site) -> Iterator[httpx.Client]:
    with browsing(over) as browser:
        yield browser


def shown(browser: httpx.Client, path: str, **headers: str) -> BeautifulSoup:
    answer = browser.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def flagged_change(over: Site) -> str:
    return next(change.id for change in over.archive.changes(topic="ai_training") if change.before)


def test_the_front_page_leads_with_the_flagged_change_and_quotes_what_raised_it(browser: httpx.Client) -> None:
    page = shown(browser, "/")
    (story,) = page.select("article.story")
    assert "train generative AI" in story.select_one("h2").get_text()  # type: ignore[union-attr]
    assert [mark.get_text() for mark in story.select("blockquote mark")] != []
    assert "introduces" in story.get_text()


def test_the_front_page_draws_the_months_with_their_numbers_beside(browser: httpx.Client) -> None:
    page = shown(browser, "/")
    assert page.select("figure svg rect title")
    assert page.select_one("figure table tbody th").get_text() == "2025-09"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=ai_training", 1),
        ("topic=microsoft_ads", 0),
        ("effect=introduces", 1),
        ("effect=withdraws", 0),
        ("service=Tallybook", 0),
        ("service=Tallybook&show=all", 1),
        ("kind=cosmetic", 1),
        ("since=2025-09-12", 0),
        ("until=2025-09-11", 1),
        ("show=all", 3),
    ],
)
def test_the_front_page_is_filtered(browser: httpx.Client, query: str, found: int) -> None:
    assert len(shown(browser, f"/?{query}").select("article.story")) == found


@pytest.mark.parametrize("query", ["since=yesterday", "before=1", "before=9999999999999999-1", "kind=%00", "show=x"])
def test_a_filter_that_cannot_be_is_as_good_as_none(browser: httpx.Client, query: str) -> None:
    assert shown(browser, f"/?{query}").select("article.story")


def test_a_change_says_why_shows_facts_with_their_words_and_the_redline(browser: httpx.Client, over: Site) -> None:
    page = shown(browser, f"/change/{flagged_change(over)}")
    facts = {row.dt.get_text(): row.dd.get_text() for row in page.select("dl.facts div")}  # type: ignore[union-attr]
    assert "3 November 2025" in facts["In effect from"]
    assert page.select("dl.facts q")
    reworded = page.select_one(".row.reworded.flagged")
    assert reworded is not None
    assert "generative AI models" in reworded.select_one("ins").get_text()  # type: ignore[union-attr]


def test_a_moved_passage_is_shown_as_moved_and_not_as_gone_and_new(browser: httpx.Client, over: Site) -> None:
    page = shown(browser, f"/change/{flagged_change(over)}")
    moved = page.select(".row.moved .text")
    assert len(moved) == 1
    assert not moved[0].select("ins, del")


def test_every_flag_leads_to_its_passage(browser: httpx.Client, over: Site) -> None:
    page = shown(browser, f"/change/{flagged_change(over)}")
    places = [link["href"] for link in page.select(".flags a[href^='#']")]
    assert places
    assert all(page.select_one(str(place)) for place in places)


def test_a_redline_stands_side_by_side_on_request(browser: httpx.Client, over: Site) -> None:
    page = shown(browser, f"/change/{flagged_change(over)}?view=side")
    row = page.select_one(".two .row.reworded")
    assert row is not None
    assert not row.select(".was-side ins, .is-side del")


def test_nothing_a_page_wrote_is_live(browser: httpx.Client, over: Site) -> None:
    newest = next(over.archive.changes(service="Chirrup & Co"))
    page = shown(browser, f"/change/{newest.id}?whole=yes")
    text = page.get_text()
    assert "<script>alert(2)</script>" in text
    assert "{{ 7+7 }}" in text
    assert "\u202e" not in text
    assert [script.get("src") for script in page.select("script")] == ["/static/keys.js"]
    assert not [link for link in page.select("a") if str(link.get("href")).startswith("javascript")]


def test_the_language_is_the_one_the_browser_wishes_or_the_address_names(browser: httpx.Client) -> None:
    wished = shown(browser, "/", **{"Accept-Language": "fr-CA, en;q=0.5"})
    named = shown(browser, "/fr/")
    assert wished.html["lang"] == named.html["lang"] == "fr"  # type: ignore[index]
    assert "Changements signalés" in named.get_text()
    assert all(str(a["href"]).startswith("/fr/") for a in named.select("article a"))


def test_what_is_not_there_is_said_in_the_readers_language_with_404(browser: httpx.Client) -> None:
    for path in ("/change/ffffffffffffffff", "/fr/nothing", "/year/20x5"):
        assert browser.get(path).status_code == 404
    assert "Rien ici" in browser.get("/fr/nothing").text


def test_a_page_that_has_not_changed_is_not_sent_again(browser: httpx.Client) -> None:
    first = browser.get("/")
    again = browser.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_archive_has_a_front_page_too(tmp_path: Path) -> None:
    config = Config(archive=tmp_path / "empty.db")
    with Archive.open(config.archive) as archive, browsing(site(config, archive, now=lambda: NOW)) as browser:
        assert "Nothing is on record yet" in browser.get("/").text
