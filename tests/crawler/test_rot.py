"""Selectors rot: warnings are kept, and our switch to the main content and back is never told as the publisher's."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data
from crawler.declarations import Declaration, Source
from crawler.extraction import Extraction, extract, extractor_of
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.rereading import by_declarations
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.record import Message
from diffing.capture import BY_BROWSER, Capture
from diffing.change import Change, ChangeKind
from diffing.outcome import Outcome
from diffing.topics import load_topics
from diffing.warning import Warned, WarningReason

TOPICS = load_topics([data.folder("topics")])
URL = "https://nord.example/privacy"
START = datetime(2025, 9, 1, tzinfo=UTC)
CLAUSES = tuple(
    f"We keep the {kind} you give us for as long as your account is open, and delete it a month after you close it."
    for kind in ("name", "address", "telephone number", "photograph", "list of contacts", "profile", "history")
)
TRAINING = "From 3 November we use your posts and your profile to train our generative AI models."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def page(clauses: Sequence[str], holder: str = "policy", extra: str = "") -> str:
    """A page whose text stands in an element of that id, between navigation and footer."""
    paragraphs = "".join(f"<p>{clause}</p>" for clause in clauses)
    text = f'<div id="{holder}"><h1>Privacy</h1><p class="lead">What we do.</p>{paragraphs}</div>{extra}'
    return f"<body><nav><a href='/'>Home</a></nav><article>{text}</article><footer>Imprint of Nord</footer></body>"


class Watcher:
    """Visits Nord's policy day by day, as a crawl does, and keeps what subscribers would be told."""

    def __init__(self, archive: Archive, *select: str) -> None:
        self.archive = archive
        self.told: list[Change] = []
        self.day = 0
        self.declare(*(select or ("#policy",)))

    def declare(self, *select: str) -> None:
        source = Source(fetch=URL, select=select)
        self.declaration = Declaration(service="Nord", terms="Privacy Policy", sources=(source,))
        self.recorder = Recorder(
            self.archive, TOPICS, notify=self._notify, re_extract=by_declarations([self.declaration])
        )

    def sees(self, body: str, *, by_browser: bool = False) -> Visit:
        self.day += 1
        at = START + timedelta(days=self.day)
        headers = {"content-type": "text/html", **({BY_BROWSER: "yes"} if by_browser else {})}
        capture = Capture(source=URL, url=URL, status=200, fetched_at=at, body=body.encode(), headers=headers)
        extraction = extract((capture,), self.declaration)
        assert isinstance(extraction, Extraction), extraction
        return self.recorder.observe(
            Observation(
                document=self.declaration.document,
                text=extraction.text,
                url=URL,
                observed_at=at,
                captures=(capture,),
                extractor=extractor_of((capture,)),
                declaration=self.declaration.hash,
                warnings=extraction.warnings,
                fallback=extraction.fallback,
            )
        )

    def kinds(self) -> list[ChangeKind]:
        return [change.judgement.kind for change in reversed(list(self.archive.changes()))]

    def standing(self) -> list[WarningReason]:
        return [warning.reason for warning in self.archive.standing(self.declaration.document)]

    def _notify(self, change: Change) -> Sequence[Message]:
        self.told.append(change)
        return ()


def test_the_switch_to_the_main_content_is_not_the_publisher_s_change(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES))
    visit = watcher.sees(page(CLAUSES, holder="new-design"))
    assert (visit.outcome, watcher.told) == (Outcome.UNCHANGED, [])
    assert set(watcher.kinds()) <= {ChangeKind.UPGRADE}
    assert watcher.standing() == [WarningReason.SELECTORS]


def test_what_the_publisher_adds_with_a_new_design_is_still_told(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES))
    visit = watcher.sees(page((*CLAUSES, TRAINING), holder="new-design"))
    assert visit.outcome is Outcome.CHANGED
    (told,) = watcher.told
    assert [edit.after.text for edit in told.judgement.edits if edit.after] == [TRAINING]
    assert told.topics == ("ai_training",)
    assert [version.fallback for version in archive.versions(watcher.declaration.document)] == [False, True]


def test_the_way_back_to_the_selectors_is_not_the_publisher_s_change_either(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES, holder="new-design", extra="<p>Was this page of ours of any help to you today?</p>"))
    visit = watcher.sees(page(CLAUSES, extra="<p>Was this page of ours of any help to you today?</p>"))
    assert (visit.outcome, watcher.told, watcher.kinds()) == (Outcome.UPGRADE, [], [ChangeKind.UPGRADE])
    current = archive.current(watcher.declaration.document)
    assert current is not None
    assert not current.fallback
    assert "of any help" not in current.text
    assert watcher.standing() == []


def test_what_the_publisher_adds_as_the_selectors_come_back_is_still_told(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES, holder="new-design"))
    visit = watcher.sees(page((*CLAUSES, TRAINING)))
    assert visit.change is not None
    assert visit.change.topics == ("ai_training",)
    assert len(watcher.told) == 1
    assert watcher.sees(page((*CLAUSES, TRAINING))).outcome is Outcome.UNCHANGED


def test_a_corrected_selector_reads_the_page_of_before_and_tells_only_the_publisher_s_change(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES, holder="new-design"))
    watcher.declare("#new-design")
    watcher.sees(page((*CLAUSES, TRAINING), holder="new-design"))
    (told,) = watcher.told
    assert [edit.after.text for edit in told.judgement.edits if edit.after] == [TRAINING]


def test_a_stand_in_text_of_a_new_design_is_held_back_and_stores_nothing(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES * 2))
    visit = watcher.sees(page(("Welcome to our new site, which is here soon.",), holder="new-design"))
    assert visit.outcome is Outcome.FAULT
    assert watcher.kinds() == []


def test_a_warning_stands_until_a_visit_reads_the_page_without_it(archive: Archive) -> None:
    watcher = Watcher(archive, "#policy", ".notice")
    document = watcher.declaration.document
    notice = "<div class='notice'>Valid from May.</div>"
    watcher.sees(page(CLAUSES, extra=notice))
    assert archive.warned() == ()
    watcher.sees(page(CLAUSES))
    (warning,) = archive.standing(document)
    assert str(warning) == f'{URL}: selector ".notice" matches nothing; correct it or remove it'
    watcher.recorder.unchanged(document, (), START + timedelta(days=5))  # answered by 304: nothing was read
    assert archive.warned(service="Nord") == (
        Warned(document=document, at=START + timedelta(days=2), warnings=(warning,)),
    )
    assert archive.warned(service="Another") == ()
    watcher.sees(page(CLAUSES, extra=notice))
    assert archive.warned() == ()


def test_a_text_that_loses_half_of_itself_is_kept_with_a_warning_that_stands_for_a_month(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES * 2))
    visit = watcher.sees(page(CLAUSES[:5]))
    assert visit.outcome is Outcome.CHANGED
    assert [str(warning) for warning in visit.warnings] == [
        f"{URL}: only 37 % of the text before is left; look whether the declared part of the page still holds all of it"
    ]
    watcher.sees(page(CLAUSES[:5]))
    assert watcher.standing() == [WarningReason.SHRUNK]
    watcher.day += 31
    watcher.sees(page(CLAUSES[:5]))
    assert watcher.standing() == []


@pytest.mark.parametrize("first_in_browser", [False, True])
def test_what_the_publisher_adds_on_the_very_visit_of_a_switch_to_the_browser_or_back_is_told(
    archive: Archive, first_in_browser: bool
) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES), by_browser=first_in_browser)
    visit = watcher.sees(page((*CLAUSES, TRAINING)), by_browser=not first_in_browser)
    (told,) = watcher.told
    assert (visit.change, told.topics, watcher.standing()) == (told, ("ai_training",), [])
    assert [edit.after.text for edit in told.judgement.edits if edit.after] == [TRAINING]
    assert watcher.sees(page((*CLAUSES, TRAINING)), by_browser=not first_in_browser).outcome is Outcome.UNCHANGED


def test_the_same_text_in_the_browser_is_no_change_and_the_next_change_is_told(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES))
    visit = watcher.sees(page(CLAUSES, extra="<p>Made by a script, beside the declared part.</p>"), by_browser=True)
    assert (visit.outcome, watcher.kinds()) == (Outcome.UNCHANGED, [])
    watcher.sees(page((*CLAUSES, TRAINING)), by_browser=True)
    assert [change.topics for change in watcher.told] == [("ai_training",)]


def test_a_change_with_a_switch_to_the_browser_and_a_new_selector_is_told_alone(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES))
    watcher.declare("#policy", "footer")
    watcher.sees(page((*CLAUSES, TRAINING)), by_browser=True)
    (told,) = watcher.told
    assert [edit.after.text for edit in told.judgement.edits if edit.after] == [TRAINING]
    assert watcher.kinds() == [ChangeKind.UPGRADE, ChangeKind.SUBSTANTIVE]


def test_a_switch_that_brings_most_of_the_text_is_ours_and_says_what_would_have_been_flagged(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES[:2]))
    visit = watcher.sees(page((*CLAUSES, TRAINING)), by_browser=True)
    assert (visit.outcome, watcher.told) == (Outcome.UPGRADE, [])
    assert [str(warning) for warning in visit.warnings] == [
        f"{URL}: read in the browser for the first time, and too different to tell the publisher's changes from that; "
        "ai_training would have been flagged; compare the last two versions (`clausewatch history`, `clausewatch diff`)"
    ]
    watcher.sees(page((*CLAUSES, TRAINING)), by_browser=True)
    assert watcher.standing() == [WarningReason.SWITCH]
    watcher.day += 31
    watcher.sees(page((*CLAUSES, TRAINING)), by_browser=True)
    assert watcher.standing() == []


def test_a_stand_in_text_that_the_browser_is_shown_is_held_back(archive: Archive) -> None:
    watcher = Watcher(archive)
    watcher.sees(page(CLAUSES * 2))
    visit = watcher.sees(page(("Welcome. Please choose what we may do before you read on.",)), by_browser=True)
    assert (visit.outcome, watcher.kinds()) == (Outcome.FAULT, [])
