"""Changes of publishers that no rule was tuned on, labelled by reading alone: what is quiet there must stay quiet."""

from pathlib import Path

import pytest

from clausewatch.evaluation import evaluate
from tests.support.flagging import topics
from tests.support.shared import CORPUS, needs_corpus

LABELS = Path(__file__).with_name("unfamiliar.jsonl")
"""174 labels by the rules of the corpus: ids of texts and verdicts in our own words, none of their text."""

BESIDE = LABELS.with_name("beside.jsonl")
"""36 more, of changes the corpus has no label for though mostly of its publishers: most of what was flagged, and a
sample of what a broad word search finds and no flag does. Read with the flags in sight, so no measure."""


@needs_corpus
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("labels", "training", "ads"), [(LABELS, (4, 0, 0), (3, 0, 0)), (BESIDE, (9, 0, 0), (6, 0, 0))]
)
def test_unfamiliar_changes_raise_no_false_alarm_and_lose_no_clause(
    labels: Path, training: tuple[int, int, int], ads: tuple[int, int, int]
) -> None:
    evaluation = evaluate(labels, {path.stem: path for path in sorted(CORPUS.glob("*.bundle"))}, topics())
    assert not evaluation.skipped
    scores = {topic: evaluation.score(topic) for topic in ("ai_training", "microsoft_ads")}
    assert {topic: (score.tp, score.fp, score.fn) for topic, score in scores.items()} == {
        "ai_training": training,
        "microsoft_ads": ads,
    }
