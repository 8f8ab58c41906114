"""The changes this program exists for: LinkedIn's, from the real history, through the whole judgement."""

from datetime import date

import pytest

from crawler.imports.repository import opened
from data import folder
from diffing.change import Judgement
from diffing.fact import FactName
from diffing.judge import judge
from diffing.topics import load_topics
from tests.support.facts import values
from tests.support.shared import CORPUS, needs_corpus

PAIRS = {
    date(2024, 9, 19): ("dd9cc7f4", "3018f793"),
    date(2025, 9, 18): ("c742bda2", "a387f682"),
    date(2025, 11, 4): ("f7f88a55", "9813f350"),
}
"""Blobs of the Privacy Policy before and after each observation."""


@pytest.fixture(scope="module")
def judged() -> dict[date, Judgement]:
    topics = load_topics([folder("topics")])
    out = {}
    with opened(CORPUS / "pga.bundle") as repository, repository.blobs() as blobs:
        for day, pair in PAIRS.items():
            before, after = ((blobs.read(blob) or b"").decode("utf-8") for blob in pair)
            out[day] = judge(before, after, topics=topics, language="en", service="LinkedIn", observed_on=day)
    return out


@needs_corpus
def test_the_announcement_gives_date_basis_and_way_out(judged: dict[date, Judgement]) -> None:
    found = judged[date(2025, 9, 18)].facts
    assert values(found, FactName.EFFECTIVE_DATE) == ["2025-11-03"]
    assert values(found, FactName.LEGAL_BASIS) == ["legitimate_interests"]
    assert values(found, FactName.OPT_OUT_PATH) == ["settings"]
    assert [url.rpartition("/")[2] for url in values(found, FactName.OPT_OUT_URL)] == ["data-for-ai-improvement"]


@needs_corpus
def test_the_change_itself_gives_data_region_and_recipient(judged: dict[date, Judgement]) -> None:
    found = judged[date(2025, 11, 4)].facts
    assert set(values(found, FactName.EFFECTIVE_DATE)) == {"2025-11-03"}
    assert set(values(found, FactName.REGION)) == {"UK"}
    assert {"Microsoft"} <= set(values(found, FactName.RECIPIENT))
    assert {"profile", "posts", "resumes"} <= set(values(found, FactName.DATA_USED))


@needs_corpus
def test_the_quiet_change_of_2024_gives_its_date_and_data(judged: dict[date, Judgement]) -> None:
    found = judged[date(2024, 9, 19)].facts
    assert values(found, FactName.EFFECTIVE_DATE) == ["2024-09-18"]
    assert "personal_data" in values(found, FactName.DATA_USED)
