"""Real texts of LinkedIn, served as pages and crawled once for each recorded date, with the clock passed in."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from alerts.locale import LANGUAGES
from alerts.payload import MAX_DATA, change_data, size
from clausewatch import wiring
from clausewatch.cli.change_report import change_report
from clausewatch.config import Config, Crawl, File, Subscribe
from clausewatch.report.html import html
from clausewatch.report.markdown import escaped, markdown
from clausewatch.report.text import WIDTH, text
from crawler.declarations import Declaration, Source
from crawler.imports.ota import Recorded, history
from crawler.imports.repository import opened
from crawler.visit import Visit
from diffing.edit import EditKind
from diffing.outcome import Outcome
from tests.support.server import Reply, serving
from tests.support.shared import CORPUS, needs_corpus
from tests.support.site import CONTENT, page

pytestmark = [needs_corpus, pytest.mark.timeout(300)]

TERMS = ("Privacy Policy", "Terms of Service", "Trackers Policy")
"""Those whose upgrades changed the form and not the page. In June 2023 the other archive began to read another page for
the developer terms; served as a page, that is a change by the publisher, and told as one."""
MISSION = (date(2024, 9, 19), date(2025, 9, 18), date(2025, 11, 4))
"""When the privacy policy changed as the whole world then read."""

Replayed = list[tuple[Recorded, Visit]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replay")


@pytest.fixture(scope="module")
def replayed(folder: Path) -> Iterator[Replayed]:
    """A visit for each recorded version, in date order; alerts are appended to alerts.jsonl."""
    with serving({}) as server, opened(CORPUS / "pga.bundle") as repository, repository.blobs() as blobs:
        config = Config(
            archive=folder / "a.db",
            crawl=Crawl(delay=0, allow_hosts=("127.0.0.1",)),
            channels={"log": File(type="file", path=folder / "alerts.jsonl")},
            subscriptions=(Subscribe(channel="log"),),
        )
        rows: Replayed = []
        with wiring.archive(config) as archive:
            for recorded in history(repository, service="LinkedIn"):
                if recorded.document.terms in TERMS:
                    text = (blobs.read(recorded.blob) or b"").decode()
                    server.pages = {"/legal": Reply(body=page(text))}
                    source = Source(fetch=f"{server.url}/legal", select=(CONTENT,))
                    target = Declaration(service="LinkedIn", terms=recorded.document.terms, sources=(source,))
                    moment = recorded.at
                    (visit,) = wiring.crawl(config, archive, [target], now=lambda at=moment: at)  # type: ignore[misc]
                    rows.append((recorded, visit))
            wiring.deliver(config, archive)
        yield rows


@pytest.fixture(scope="module")
def alerts(replayed: Replayed, folder: Path) -> list[dict[str, Any]]:
    """The alerts as their reader got them."""
    return [json.loads(line)["data"] for line in (folder / "alerts.jsonl").read_text().splitlines()]


def found(replayed: Replayed, day: date) -> Visit:
    return next(
        visit
        for recorded, visit in replayed
        if recorded.at.date() == day and recorded.document.terms == "Privacy Policy"
    )


@pytest.mark.parametrize("day", MISSION)
def test_the_changes_the_program_exists_for_are_flagged_for_ai_training(replayed: Replayed, day: date) -> None:
    visit = found(replayed, day)
    assert visit.outcome is Outcome.CHANGED
    assert visit.change is not None
    assert "ai_training" in visit.change.topics


@pytest.mark.parametrize("day", MISSION)
def test_they_are_told(alerts: list[dict[str, Any]], day: date) -> None:
    days = [alert["after"]["observed_at"][:10] for alert in alerts if alert["terms"] == "Privacy Policy"]
    assert days.count(day.isoformat()) == 1


def test_the_announcement_of_september_2025_names_the_date_and_the_basis(alerts: list[dict[str, Any]]) -> None:
    facts = of_day(alerts, "2025-09-18")["facts"]
    assert facts["effective_date"] == "2025-11-03"
    assert facts["legal_basis"] == "legitimate_interests"
    assert facts["opt_out"]["url"].startswith("https://www.linkedin.com/mypreferences/")


def test_the_change_of_november_2025_says_that_data_goes_to_microsoft_in_the_uk(alerts: list[dict[str, Any]]) -> None:
    alert = of_day(alerts, "2025-11-04")
    assert alert["facts"]["effective_date"] == "2025-11-03"
    assert "Microsoft" in alert["facts"]["recipients"]
    assert "UK" in alert["facts"]["regions"]
    assert any("Microsoft" in flag["after"] for flag in alert["flags"] if flag["after"])


def test_nobody_is_told_of_what_the_other_archive_changed_itself(
    replayed: Replayed, alerts: list[dict[str, Any]]
) -> None:
    own = {recorded.at.isoformat() for recorded, _ in replayed if recorded.upgrade}
    assert len(own) == 6
    assert not own & {alert["after"]["observed_at"].replace("Z", "+00:00") for alert in alerts}


def test_nobody_is_told_of_cosmetic_changes_and_flips(replayed: Replayed, alerts: list[dict[str, Any]]) -> None:
    quiet = {Outcome.COSMETIC, Outcome.LINKS, Outcome.UNCHANGED}
    ids = {visit.change.id for _, visit in replayed if visit.change and visit.outcome in quiet}
    assert ids
    assert not ids & {alert["change_id"] for alert in alerts}


def test_every_change_of_it_can_be_told_in_every_form(replayed: Replayed) -> None:
    changes = [visit.change for _, visit in replayed if visit.change]
    assert EditKind.SPLIT in {edit.kind for change in changes for edit in change.judgement.edits}
    for change in changes:
        assert size(change_data(change, links={})) <= MAX_DATA
        for language in LANGUAGES:
            report = change_report(change, language)
            assert escaped(report.title) in markdown(report)
            assert f"<h1>{escape(report.title)}</h1>" in html(report)
            assert max(map(len, text(report).splitlines())) <= WIDTH


def of_day(alerts: list[dict[str, Any]], day: str) -> dict[str, Any]:
    return next(a for a in alerts if a["after"]["observed_at"].startswith(day) and a["terms"] == "Privacy Policy")
