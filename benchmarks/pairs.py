"""Pairs: how long it takes to compare two versions, beside others' ways on the same pairs.

`python -m benchmarks.pairs`. Two sets: every change of a real history, and the labelled changes, most of which are
near-total rewrites. Rivals run on every tenth labelled pair, since some take minutes for one.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import rivals
from benchmarks.costs import cpu_seconds, percentile
from clausewatch.evaluation import read_labels
from crawler.imports.ota import history
from crawler.imports.repository import Blobs, Repository, opened
from diffing.version import Document

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
HISTORY = "pga"
EVERY = 10
"""One labelled pair of so many is given to the rivals."""

Pair = tuple[str, str]


def measure() -> dict[str, dict[str, float]]:
    """By name of the set and the way, percentiles in milliseconds of processor time."""
    labelled, changed = list(labelled_pairs()), list(changed_pairs())
    some = labelled[::EVERY]
    found = {
        f"ours, {len(changed)} changes of {HISTORY}": _taken(rivals.ours, changed),
        f"ours, {len(labelled)} labelled pairs": _taken(rivals.ours, labelled),
        f"ours, {len(some)} labelled pairs": _taken(rivals.ours, some),
        f"fast-diff-match-patch by words, {len(some)} labelled pairs": _taken(rivals.fast_by_words, some),
        f"fast-diff-match-patch by characters, {len(some)} labelled pairs": _taken(rivals.fast_by_characters, some),
        f"difflib by words, {len(some)} labelled pairs": _taken(rivals.difflib_by_words, some),
    }
    with rivals.git_by_words() as git:
        found[f"git diff --word-diff, {len(some)} labelled pairs"] = _taken(git, some)
    return found


def _taken(compare: rivals.Compare, pairs: Sequence[Pair]) -> dict[str, float]:
    times = []
    for before, after in pairs:
        begun = cpu_seconds()
        compare(before, after)
        times.append(1000 * (cpu_seconds() - begun))
    return {
        "median": round(percentile(times, 0.5), 2),
        "99 %": round(percentile(times, 0.99), 1),
        "worst": round(max(times), 1),
    }


def labelled_pairs() -> Iterator[Pair]:
    """Both texts of every labelled change."""
    labels = read_labels(CORPUS / "labels.jsonl")
    for collection in sorted({label.collection for label in labels}):
        with opened(CORPUS / f"{collection}.bundle") as repository, repository.blobs() as blobs:
            for label in (label for label in labels if label.collection == collection):
                yield _text(blobs, label.before), _text(blobs, label.after)


def changed_pairs() -> Iterator[Pair]:
    """Every two versions in a row that differ, of one history."""
    with opened(CORPUS / f"{HISTORY}.bundle") as repository:
        yield from _in_a_row(repository)


def _in_a_row(repository: Repository) -> Iterator[Pair]:
    last: dict[Document, str] = {}
    with repository.blobs() as blobs:
        for recorded in history(repository):
            text = _text(blobs, recorded.blob)
            before = last.get(recorded.document, text)
            last[recorded.document] = text
            if before != text:
                yield before, text


def _text(blobs: Blobs, blob: str) -> str:
    return blobs.text(blob) or ""


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
