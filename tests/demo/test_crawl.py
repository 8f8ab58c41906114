"""The demo's site, crawled three times by the real crawler into a real archive: each page plays its part."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausewatch.demo_pages import State
from clausewatch.demo_site import DemoSite
from crawler.declarations import load
from crawler.recorder import Recorder
from crawler.run import crawl
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.fault import FaultReason
from diffing.outcome import Outcome
from diffing.version import Document

ROUNDS = (
    (datetime(2025, 9, 15, 6, tzinfo=UTC), State.BEFORE),
    (datetime(2025, 9, 17, 6, tzinfo=UTC), State.BEFORE),
    (datetime(2025, 9, 18, 9, tzinfo=UTC), State.AFTER),
)
"""The flapping page's other text stands for a day between the last two: under two days, so its end is no news."""

SETTINGS = {"CLAUSEWATCH_ALLOW_HOSTS": ["127.0.0.1"], "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}

Told = Mapping[str, Visit]
"""Visits of one round by "Service · Terms", posts by their address's last step."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Told, ...]]:
    folder = tmp_path_factory.mktemp("demo")
    archive = Archive.open(folder / "archive.db")
    with DemoSite() as site:
        yield tuple(_round(site, archive, folder, at, state) for at, state in ROUNDS)
    archive.close()


def _round(site: DemoSite, archive: Archive, folder: Path, at: datetime, state: State) -> Told:
    site.publish(state)
    visits = crawl(
        tuple(load([site.declare(folder / "declarations")])),
        sink=Recorder(archive, ()),
        settings=SETTINGS,
        now=lambda: at,
        validators=archive.validators,
        known_posts=lambda blog: _posts(archive, blog) or None,
    )
    return {_name(visit.document): visit for visit in visits}


def _posts(archive: Archive, blog: Document) -> frozenset[str]:
    documents = archive.documents(blog.service, blog.terms)
    return frozenset(document.post for document in documents if document.post)


def _name(document: Document) -> str:
    return document.post.rsplit("/", 1)[-1] or f"{document.service} · {document.terms}"


def test_the_first_round_tells_nobody_anything(rounds: tuple[Told, ...]) -> None:
    assert {visit.outcome for visit in rounds[0].values()} <= {Outcome.NEW, Outcome.POST}
    assert not any(visit.change and visit.change.judgement.news for visit in rounds[0].values())


def test_nothing_is_new_in_the_second_but_the_page_that_flaps(rounds: tuple[Told, ...]) -> None:
    changed = {name for name, visit in rounds[1].items() if visit.outcome is not Outcome.UNCHANGED}
    assert changed == {"Parcello · Terms of Service"}


def test_the_change_and_both_posts_are_found_in_the_third(rounds: tuple[Told, ...]) -> None:
    last = rounds[2]
    assert last["Brightrung · Privacy Policy"].outcome is Outcome.CHANGED
    assert last["Brightrung · Terms of Service"].outcome is Outcome.CHANGED
    assert last["generative-ai"].outcome is Outcome.POST
    assert last["brightrung-ia"].outcome is Outcome.POST
    assert last["Brightrung · Trackers Policy"].outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("terms", ["Privacy Policy", "Terms of Service"])
def test_a_block_page_is_a_fault_with_either_status(terms: str, rounds: tuple[Told, ...]) -> None:
    visit = rounds[2][f"Chirrup · {terms}"]
    assert visit.outcome is Outcome.FAULT
    assert visit.fault is not None
    assert visit.fault.reason is FaultReason.BLOCKED


def test_the_flapping_page_comes_back_without_news(rounds: tuple[Told, ...]) -> None:
    visit = rounds[2]["Parcello · Terms of Service"]
    assert visit.outcome is Outcome.RETURN
    assert visit.change is not None
    assert not visit.change.judgement.news


def test_the_tidied_page_is_cosmetic(rounds: tuple[Told, ...]) -> None:
    assert rounds[2]["Tallybook · Privacy Policy"].outcome is Outcome.COSMETIC
