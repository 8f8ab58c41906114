"""Changes written by us with a reader's verdicts, and what the flags make of them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from diffing.evaluation import Score, Verdict, score, verdict
from diffing.flag import Effect
from tests.support.flagging import flagged

PARAPHRASES = Path(__file__).parents[1] / "flags" / "paraphrases.jsonl"
"""A change a line: `old` and `new` are the lines of a text, `topics` a reader's verdicts by the rules of the corpus,
`part` the half of the set: "A" and the later "C" and "D" may be read while rules are tuned, of "B" and "E" only the
figures."""

TOPICS = ("ai_training", "microsoft_ads")

Pair = tuple[Verdict, Verdict]


def changes(*, language: str | None = None, part: str | None = None) -> list[dict[str, Any]]:
    """The rows of the set, of one language or half if asked."""
    rows = [json.loads(line) for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if language in (None, row["language"]) and part in (None, row["part"])]


def scores(rows: Iterable[dict[str, Any]]) -> dict[str, Score]:
    """Agreement on each topic over the rows."""
    pairs: dict[str, list[Pair]] = {topic: [] for topic in TOPICS}
    for row in rows:
        for topic, pair in judged(row):
            pairs[topic].append(pair)
    return {topic: score(found) for topic, found in pairs.items()}


def judged(row: dict[str, Any]) -> Iterator[tuple[str, Pair]]:
    """Each topic with what a reader expects of the row and what was found."""
    old, new = "\n".join(row["old"]), "\n".join(row["new"])
    found = flagged(old, new, language=row["language"], service=row.get("service", "Examplar"))
    for topic in TOPICS:
        label = row["topics"][topic]
        effect = Effect(label["effect"]) if label["effect"] else None
        yield topic, (Verdict(alert=label["alert"], effect=effect), verdict(found, topic))
