"""Real passages with the facts a reader finds in them: by collection, blob and line, never by their text."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.imports.repository import opened
from diffing.edit import Edit, EditKind
from diffing.fact import FactName
from diffing.facts import facts
from diffing.passage import Passage
from diffing.passages import blocks, passages
from tests.support.facts import flag
from tests.support.shared import CORPUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A passage and its facts. line: where its block starts in the blob, from 1. flagged: a topic is found in it, so
    all facts are asked for; else only the effective date."""

    collection: str
    blob: str
    line: int
    language: str
    observed_on: date
    flagged: bool
    facts: dict[FactName, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one name of fact came out: values right, wrong and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def accuracy(self) -> float:
        """Right values among all that were found or should have been; 1 when there were none."""
        told = self.right + self.wrong + self.missed
        return self.right / told if told else 1.0


def read_gold(path: Path) -> tuple[Gold, ...]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Gold(
            **{name: row[name] for name in ("collection", "blob", "line", "language", "flagged")},
            observed_on=date.fromisoformat(row["observed_on"]),
            facts={FactName(name): frozenset(values) for name, values in row["facts"].items()},
        )
        for row in rows
    )


def found_in(gold: tuple[Gold, ...]) -> Iterator[tuple[Gold, dict[FactName, frozenset[str]]]]:
    """Each gold passage with the facts the program reads from it, as if it had been added."""
    with ExitStack() as stack:
        for collection in sorted({each.collection for each in gold}):
            repository = stack.enter_context(opened(CORPUS / f"{collection}.bundle"))
            blobs = stack.enter_context(repository.blobs())
            for each in gold:
                if each.collection == collection:
                    yield each, _read(each, (blobs.read(each.blob) or b"").decode("utf-8"))


def tallies(results: list[tuple[Gold, dict[FactName, frozenset[str]]]]) -> dict[FactName, Tally]:
    counts: Counter[tuple[FactName, str]] = Counter()
    for gold, found in results:
        for name in FactName:
            expected, got = gold.facts.get(name, frozenset()), found.get(name, frozenset())
            counts[name, "right"] += len(expected & got)
            counts[name, "wrong"] += len(got - expected)
            counts[name, "missed"] += len(expected - got)
    return {
        name: Tally(right=counts[name, "right"], wrong=counts[name, "wrong"], missed=counts[name, "missed"])
        for name in FactName
    }


def _read(gold: Gold, text: str) -> dict[FactName, frozenset[str]]:
    new = passages(text)
    index = _index_of(gold.line, text, new)
    edit = Edit(kind=EditKind.ADDED, before=None, after=new[index], before_index=None, after_index=index)
    flags = (flag(0, new[index].text),) if gold.flagged else ()
    found = facts((edit,), flags, new, language=gold.language, observed_on=gold.observed_on)
    return {name: frozenset(fact.value for fact in found if fact.name is name) for name in FactName}


def _index_of(line: int, text: str, new: Sequence[Passage]) -> int:
    """Number of the passage whose block starts at a line."""
    at, index = 1, 0
    for block in blocks(text):
        worded = index < len(new) and new[index].markdown == block
        if worded and at == line:
            return index
        index += worded
        at += block.count("\n") + 1
    raise LookupError(f"no passage starts at line {line}")
