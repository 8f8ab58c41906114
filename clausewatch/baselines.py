"""Baselines: what simple methods reach on the same labelled changes, to measure the flags against."""

import re
from collections.abc import Callable, Iterator, Sequence

from clausewatch.evaluation import Evaluation
from diffing.alignment import align
from diffing.edit import Edit, EditKind, Op
from diffing.evaluation import Score, Verdict, score
from diffing.passages import passages

WORDS = {
    "ai_training": re.compile(
        r"\b(train(s|ed|ing)?|machine learning|artificial intelligence|AI|models?|algorithms?|entra[iî]n\w*|IA|"
        r"apprentissage|intelligence artificielle|mod[eè]les?|algorithmes?)\b",
        re.IGNORECASE,
    ),
    "microsoft_ads": re.compile(r"microsoft|linkedin|\bbing\b|xandr", re.IGNORECASE),
}
"""What somebody who sets up a word alert would search for."""

_DOES = r"train|fine.?tun|improv|develop|entra[iî]n|apprenti|am[eé]lior|d[eé]velopp"
_AI = r"\bAI\b|\bIA\b|machine.learning|artificial intelligence|intelligence artificielle|\bLLM|models?\b|mod[eè]les?\b"
_GROUP = r"microsoft|linkedin|\bbing\b|xandr|appnexus"
_ADS = r"\bads?\b|advert|marketing|target|publicit|annonce|cibl"
LINES = {
    "ai_training": re.compile(rf"(({_DOES}).{{0,100}}({_AI}))|(({_AI}).{{0,100}}({_DOES}))", re.IGNORECASE),
    "microsoft_ads": re.compile(rf"(({_GROUP}).{{0,200}}({_ADS}))|(({_ADS}).{{0,200}}({_GROUP}))", re.IGNORECASE),
}
"""A good regular expression for a passage."""


def baselines(found: Evaluation) -> dict[str, dict[str, Score]]:
    """For each topic, what each simple method scores; only "every change" for topics without patterns here."""
    edits = [align(passages(row.before), passages(row.after)) for row in found.rows]
    return {
        topic: {
            name: score(
                (expected, Verdict(alert=method(topic, edit), effect=None))
                for row, edit in zip(found.rows, edits, strict=True)
                if (expected := row.label.topics.get(topic)) is not None
            )
            for name, method in METHODS.items()
            if topic in WORDS or name == EVERY
        }
        for topic in found.topics
    }


def _every(topic: str, edits: Sequence[Edit]) -> bool:
    return True


def _in_added(topic: str, edits: Sequence[Edit]) -> bool:
    return any(WORDS[topic].search(text) for edit in edits for text in _changed(edit, Op.INSERT))


def _in_changed(topic: str, edits: Sequence[Edit]) -> bool:
    return any(WORDS[topic].search(text) for edit in edits for op in Op for text in _changed(edit, op))


def _in_lines(topic: str, edits: Sequence[Edit]) -> bool:
    lines = (passage.text for edit in edits if edit.kind is not EditKind.MOVED for passage in (*edit.olds, *edit.news))
    return any(LINES[topic].search(line) for line in lines)


def _changed(edit: Edit, op: Op) -> Iterator[str]:
    """Words of an edit that came (INSERT) or went (DELETE); nothing that was kept."""
    if op is Op.KEEP or edit.kind is EditKind.MOVED:
        return
    if edit.words:
        yield from (span.text for span in edit.words if span.op is op)
    else:
        yield from (passage.text for passage in (edit.news if op is Op.INSERT else edit.olds))


EVERY = "alert on every change"
METHODS: dict[str, Callable[[str, Sequence[Edit]], bool]] = {
    EVERY: _every,
    "word search, added text": _in_added,
    "word search, changed text": _in_changed,
    "regex on changed lines": _in_lines,
}
