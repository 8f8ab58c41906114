"""Changes of publishers that no rule was tuned on, labelled by reading alone: what is quiet there must stay quiet."""

from pathlib import Path

import pytest

from clausewatch.evaluation import evaluate
from tests.support.flagging import topics
from tests.support.shared import CORPUS, needs_corpus

LABELS = Path(__file__).with_name("unfamiliar.jsonl")
"""174 labels by the rules of the corpus: ids of texts and verdicts in our own words, none of their text."""


@needs_corpus
@pytest.mark.timeout(300)
def test_unfamiliar_changes_raise_no_false_alarm_and_lose_no_clause() -> None:
    evaluation = evaluate(LABELS, {path.stem: path for path in sorted(CORPUS.glob("*.bundle"))}, topics())
    assert not evaluation.skipped
    scores = {topic: evaluation.score(topic) for topic in ("ai_training", "microsoft_ads")}
    assert {topic: (score.tp, score.fp, score.fn) for topic, score in scores.items()} == {
        "ai_training": (4, 0, 0),
        "microsoft_ads": (3, 0, 0),
    }
