"""Summaries of every flagged change of the labelled set: nothing in them that the text does not bear out."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time

import pytest

from alerts.summary import summary
from crawler.imports.repository import opened
from diffing.change import Change
from diffing.judge import judge
from diffing.language import language_of
from diffing.passages import passages
from diffing.version import Document, Version
from tests.support.evidence import unborne
from tests.support.flagging import topics
from tests.support.shared import CORPUS, needs_corpus

pytestmark = needs_corpus


def _changes() -> Iterator[Change]:
    rows = [json.loads(line) for line in (CORPUS / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["stratum"] == "candidate"]
    with ExitStack() as stack:
        for collection in sorted({row["collection"] for row in rows}):
            repository = stack.enter_context(opened(CORPUS / f"{collection}.bundle"))
            blobs = stack.enter_context(repository.blobs())
            for row in rows:
                if row["collection"] == collection:
                    texts = [(blobs.read(row[side]) or b"").decode("utf-8", "replace") for side in ("before", "after")]
                    yield _change(row, *texts)


def _change(row: dict[str, str], before: str, after: str) -> Change:
    observed = date.fromisoformat(row["date"])
    at = datetime.combine(observed, time(6), UTC)
    document = Document(service=row["service"], terms=row["terms"], collection=row["collection"])
    language = language_of(after) or language_of(before)
    old, new = (
        Version(document=document, observed_at=at, text=text, url="https://platform.example/", language=language)
        for text in (before, after)
    )
    judgement = judge(before, after, topics=topics(), language=language, service=row["service"], observed_on=observed)
    return Change(before=old, after=new, judgement=judgement)


@pytest.fixture(scope="module")
def flagged() -> list[Change]:
    found = [change for change in _changes() if change.judgement.flags]
    assert len(found) > 100
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_number_date_region_category_company_and_negation_is_borne_out(
    flagged: list[Change], language: str
) -> None:
    assert [claim for change in flagged for claim in unborne(change, summary(change, language), language)] == []


def test_every_fact_is_quoted_from_where_it_stands(flagged: list[Change]) -> None:
    for change in flagged:
        new = passages(change.after.text)
        for fact in change.judgement.facts:
            assert new[fact.passage].text[fact.start : fact.end] == fact.quote


@pytest.mark.parametrize(("language", "most"), [("en", 45), ("fr", 54)])
def test_no_sentence_is_longer_than_a_newsroom_prints(flagged: list[Change], language: str, most: int) -> None:
    for change in flagged:
        for sentence in summary(change, language).split(". "):
            words = [word for word in sentence.split() if any(letter.isalnum() for letter in word)]
            assert len(words) <= most, sentence
