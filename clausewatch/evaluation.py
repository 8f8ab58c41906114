"""Evaluation: flags against labelled changes of recorded histories."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clausewatch.errors import UsageError
from crawler.imports.repository import Blobs, opened
from diffing.alignment import align
from diffing.evaluation import Score, Verdict, compare, score, verdict
from diffing.flag import Effect, Flag
from diffing.passages import passages
from diffing.topics import Topic

KNOWN = Verdict(alert=False, effect=None)
"""Stands for a topic a label says nothing of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One labelled change. topics: name -> what readers found; None for one they were not sure of.

    before, after: git blob ids in the history of `collection`. publisher, why: "" when the labels do not give them.
    """

    id: str
    collection: str
    service: str
    terms: str
    before: str
    after: str
    stratum: str
    topics: Mapping[str, Verdict | None]
    publisher: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label, its two texts, and the flags found between them."""

    label: Label
    before: str
    after: str
    flags: tuple[Flag, ...]

    def changed(self) -> list[dict[str, str | None]]:
        """The passages that changed, as they were and as they are."""
        edits = align(passages(self.before), passages(self.after))
        return [
            {
                "edit": edit.kind.value,
                "before": edit.before_text,
                "after": edit.after_text,
            }
            for edit in edits
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What came of a run. skipped: labels one of whose texts the history does not hold. seconds: spent comparing."""

    topics: tuple[str, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Label, ...]
    seconds: float
    unsure: Mapping[str, int] = field(default_factory=dict)

    def score(self, topic: str, rows: Sequence[Row] | None = None) -> Score:
        """Agreement on a topic, over all rows or those given; rows readers were not sure of are left out."""
        return score(self._pairs(topic, self.rows if rows is None else rows))

    def _pairs(self, topic: str, rows: Sequence[Row]) -> Iterator[tuple[Verdict, Verdict]]:
        for row in rows:
            expected = row.label.topics.get(topic)
            if expected is not None:
                yield expected, verdict(row.flags, topic)

    def confusion(self, topic: str) -> Counter[tuple[Effect, Effect]]:
        """How often an alert's effect, as readers gave it, was told as which; true positives only."""
        return Counter(
            (expected.effect, found.effect)
            for expected, found in self._pairs(topic, self.rows)
            if expected.effect is not None and found.effect is not None
        )

    def as_json(self) -> dict[str, Any]:
        """The object `clausewatch evaluate --json` prints."""
        return {
            "topics": {topic: score_json(self.score(topic)) for topic in self.topics},
            "pairs": len(self.rows),
            "skipped": len(self.skipped),
            "unsure": dict(self.unsure),
            "seconds": round(self.seconds, 3),
        }

    def misses(self) -> Iterator[dict[str, Any]]:
        """Every row with a wrong alert or a wrong effect: what was expected, what was found, and the changed text."""
        for row in self.rows:
            for topic in self.topics:
                expected = row.label.topics.get(topic)
                found = verdict(row.flags, topic)
                if expected is None or expected == found:
                    continue
                yield {
                    "id": row.label.id,
                    "collection": row.label.collection,
                    "service": row.label.service,
                    "terms": row.label.terms,
                    "topic": topic,
                    "miss": _miss(expected, found),
                    "expected": _verdict_json(expected),
                    "found": _verdict_json(found),
                    "why": row.label.why,
                    "flags": [_flag_json(flag) for flag in row.flags if flag.topic == topic],
                    "text": row.changed(),
                }


def evaluate(labels: Path, histories: Mapping[str, Path], topics: Sequence[Topic]) -> Evaluation:
    """Compare each labelled pair of texts and keep what was found, in the order of the labels.

    labels: JSON lines as docs/topics.md describes them. histories: collection -> git repository or bundle. A label of
    a collection that has no history, or whose text it does not hold, is skipped and named.
    Raises UsageError for labels that cannot be read, HistoryError for a history that cannot.
    """
    read = read_labels(labels)
    rows: list[Row] = []
    skipped: list[Label] = []
    seconds = 0.0
    with ExitStack() as stack:
        blobs = {
            name: stack.enter_context(stack.enter_context(opened(path)).blobs()) for name, path in histories.items()
        }
        for label in read:
            before, after = _text(blobs, label, label.before), _text(blobs, label, label.after)
            if before is None or after is None:
                skipped.append(label)
                continue
            start = time.perf_counter()
            found = compare(before, after, topics, service=label.service)
            seconds += time.perf_counter() - start
            rows.append(Row(label=label, before=before, after=after, flags=found))
    names = tuple(dict.fromkeys(topic for label in read for topic in label.topics))
    unsure = {
        topic: sum(topic in row.label.topics and row.label.topics[topic] is None for row in rows) for topic in names
    }
    return Evaluation(topics=names, rows=tuple(rows), skipped=tuple(skipped), seconds=seconds, unsure=unsure)


def _text(blobs: Mapping[str, Blobs], label: Label, blob: str) -> str | None:
    reader = blobs.get(label.collection)
    content = reader.read(blob) if reader is not None else None
    return None if content is None else content.decode("utf-8", "replace")


def read_labels(path: Path) -> tuple[Label, ...]:
    """Read labels, a JSON object a line. Raises UsageError with the line's number."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(str(path), f"cannot be read ({why})", "name a file of labels, a JSON object a line") from error
    return tuple(_label(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip())


def _label(where: str, line: str) -> Label:
    try:
        row = json.loads(line)
        topics = {
            topic: Verdict(alert=bool(said["alert"]), effect=Effect(said["effect"]) if said["effect"] else None)
            if said.get("sure", True)
            else None
            for topic, said in row["topics"].items()
        }
        texts = {key: str(row[key]) for key in ("id", "collection", "service", "terms", "before", "after", "stratum")}
        return Label(topics=topics, publisher=str(row.get("publisher", "")), why=str(row.get("why", "")), **texts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        todo = "see docs/topics.md for the form of a label"
        raise UsageError(where, f"is no label ({type(error).__name__}: {error})", todo) from error


def score_json(found: Score) -> dict[str, float | int]:
    """A score with its ratios rounded to four digits."""
    return {
        "tp": found.tp,
        "fp": found.fp,
        "fn": found.fn,
        "tn": found.tn,
        "precision": round(found.precision, 4),
        "recall": round(found.recall, 4),
        "f1": round(found.f1, 4),
        "effect_accuracy": round(found.effect_accuracy, 4),
    }


def _miss(expected: Verdict, found: Verdict) -> str:
    if expected.alert == found.alert:
        return "effect"
    return "missed" if expected.alert else "false_alarm"


def _verdict_json(said: Verdict) -> dict[str, Any]:
    return {"alert": said.alert, "effect": said.effect.value if said.effect else None}


def _flag_json(flag: Flag) -> dict[str, Any]:
    return {
        "stance": flag.stance.value,
        "effect": flag.effect.value,
        "rule": flag.rule,
        "evidence": flag.evidence,
        "before": flag.before,
        "after": flag.after,
    }
