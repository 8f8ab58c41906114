"""The demo's pages as values: what changes between the two states, and which pages misbehave."""

import re
from datetime import UTC, datetime

import feedparser
import pytest
from bs4 import BeautifulSoup

from clausewatch.demo_pages import DemoPages, State
from data import folder

PAGES = DemoPages(folder("demo"))
BASE = "http://127.0.0.1:1"


def text(path: str, state: State, visit: int = 0) -> str:
    soup = BeautifulSoup(PAGES.reply(path, state=state, visit=visit, base=BASE).body, "lxml")
    assert soup.main is not None
    return re.sub(r"\s+", " ", soup.main.get_text(" ")).strip()


@pytest.mark.parametrize("state", State)
def test_every_page_is_there_and_has_navigation_and_footer_beside_its_text(state: State) -> None:
    for path in PAGES.paths:
        reply = PAGES.reply(path, state=state, base=BASE)
        soup = BeautifulSoup(reply.body, "lxml")
        if reply.status == 200 and soup.title and soup.title.text != "Just a moment...":
            assert soup.select_one("main h1"), path
            assert soup.select_one("header nav"), path
            assert soup.select_one("footer"), path


def test_the_privacy_policy_is_as_long_and_as_varied_as_a_real_one() -> None:
    assert len(text("/brightrung/privacy", State.BEFORE).split()) > 2000
    soup = BeautifulSoup(PAGES.reply("/brightrung/privacy", state=State.BEFORE).body, "lxml")
    for selector in ("main h2", "main h3", "main li", "main table tr td", ".cookie-banner"):
        assert soup.select_one(selector), selector


@pytest.mark.parametrize(
    "words",
    [
        "From 3 November 2025",
        "train and improve generative AI models",
        "European Economic Area, the United Kingdom, Switzerland, Canada and Hong Kong",
        "We do not use your private messages or your salary data to train",
        "under the age of 18",
        "on by default",
        "Data for generative AI",
        "legitimate interests",
        "Microsoft and its affiliates",
    ],
)
def test_the_change_says_what_a_reader_of_such_a_change_wants_to_know(words: str) -> None:
    assert words in text("/brightrung/privacy", State.AFTER)


def test_before_the_change_the_terms_promised_the_opposite() -> None:
    promise = "We do not use your content to train generative AI models"
    assert promise in text("/brightrung/terms", State.BEFORE)
    assert promise not in text("/brightrung/terms", State.AFTER)


def test_the_opt_out_is_a_link() -> None:
    soup = BeautifulSoup(PAGES.reply("/brightrung/privacy", state=State.AFTER).body, "lxml")
    assert soup.select_one('main a[href="/brightrung/settings/data-for-generative-ai"]')


def test_the_cookie_policy_is_the_same_in_both_states() -> None:
    before, after = (PAGES.reply("/brightrung/cookies", state=state) for state in State)
    assert before == after


def test_the_cosmetic_page_keeps_its_words() -> None:
    before, after = (text("/tallybook/privacy", state) for state in State)
    assert before != after
    assert re.findall(r"[a-z]+", before.lower()) == re.findall(r"[a-z]+", after.lower())


def test_a_flapping_page_goes_back_and_forth_whatever_is_published() -> None:
    first, second, third = (text("/parcello/terms", State.BEFORE, visit) for visit in range(3))
    assert first == third
    assert first != second
    assert text("/parcello/terms", State.AFTER, 1) == second


@pytest.mark.parametrize(("path", "status"), [("/chirrup/privacy", 403), ("/chirrup/terms", 200)])
def test_a_blocked_page_shows_its_text_first_and_then_a_challenge(path: str, status: int) -> None:
    assert PAGES.reply(path, state=State.BEFORE).status == 200
    blocked = PAGES.reply(path, state=State.AFTER, base=BASE)
    assert blocked.status == status
    assert b"Just a moment..." in blocked.body
    assert b"AI" not in blocked.body


def test_a_page_is_dated_by_the_state_that_changed_it() -> None:
    changed = PAGES.reply("/brightrung/privacy", state=State.AFTER)
    same = PAGES.reply("/brightrung/cookies", state=State.AFTER)
    assert changed.modified == datetime(2025, 9, 18, 8, tzinfo=UTC)
    assert same.modified == datetime(2025, 9, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(("state", "posts"), [(State.BEFORE, 2), (State.AFTER, 3)])
def test_the_feed_lists_the_posts_there_are_newest_first(state: State, posts: int) -> None:
    feed = feedparser.parse(PAGES.reply("/brightrung/blog/feed.xml", state=state, base=BASE).body)
    assert not feed.bozo
    assert len(feed.entries) == posts
    assert [entry.published_parsed for entry in feed.entries] == sorted(
        (entry.published_parsed for entry in feed.entries), reverse=True
    )
    for entry in feed.entries:
        assert PAGES.reply(entry.link.removeprefix(BASE), state=state).status == 200


@pytest.mark.parametrize(("state", "posts"), [(State.BEFORE, 2), (State.AFTER, 3)])
def test_the_regulator_s_index_links_to_its_posts_in_french(state: State, posts: int) -> None:
    soup = BeautifulSoup(PAGES.reply("/cvd/actualites/", state=state).body, "lxml")
    links = [str(link["href"]) for link in soup.select("a.actualite")]
    assert len(links) == posts
    assert soup.html is not None
    assert soup.html["lang"] == "fr"
    assert all(PAGES.reply(link, state=state).status == 200 for link in links)


def test_the_regulator_warns_in_french_with_date_exclusions_and_way_out() -> None:
    warning = text("/cvd/actualites/brightrung-ia", State.AFTER)
    for words in (
        "entraîner",
        "avant le 3 novembre 2025",
        "messages privés",
        "mineurs",
        "par défaut",
        "intérêt légitime",
    ):
        assert words in warning


def test_a_layout_is_no_page() -> None:
    assert PAGES.reply("/layout", state=State.AFTER).status == 404
    assert PAGES.reply("/../site.yaml", state=State.AFTER).status == 404
