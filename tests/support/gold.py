"""Real passages with the facts a reader finds in them: by collection, blob and line, never by their text."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

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
    all facts are asked for; else only the effective date. set_aside: of a service whose passages were not read when the
    patterns were mended."""

    collection: str
    blob: str
    line: int
    language: str
    observed_on: date
    flagged: bool
    set_aside: bool
    facts: dict[FactName, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How one name of fact came out: values right, wrong and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 when nothing is."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    @property
    def accuracy(self) -> float:
        """Right values among all that were found or should have been; 1 when there were none."""
        told = self.right + self.wrong + self.missed
        return self.right / told if told else 1.0


def read_gold(path: Path) -> tuple[Gold, ...]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Gold(
            **{name: row[name] for name in ("collection", "blob", "line", "language", "flagged", "set_aside")},
            observed_on=date.fromisoformat(row["observed_on"]),
            facts={FactName(name): frozenset(values) for name, values in row["facts"].items()},
        )
        for row in rows
    )


def found_in(gold: tuple[Gold, ...]) -> Iterator["Found"]:
    """Each gold passage with the facts the program reads from it, as if it had been added."""
    with ExitStack() as stack:
        for collection in sorted({each.collection for each in gold}):
            repository = stack.enter_context(opened(CORPUS / f"{collection}.bundle"))
            blobs = stack.enter_context(repository.blobs())
            for each in gold:
                if each.collection == collection:
                    yield each, _read(each, (blobs.read(each.blob) or b"").decode("utf-8"))


Found: TypeAlias = tuple[Gold, dict[FactName, frozenset[str]]]


def table(results: Sequence[Found]) -> str:
    """Precision, recall and counts per name: of all passages, by language, and of those set aside."""
    groups = {
        "all": list(results),
        **{code: [each for each in results if each[0].language == code] for code in ("en", "fr")},
        "set aside": [each for each in results if each[0].set_aside],
    }
    counted = {group: tallies(each) for group, each in groups.items()}
    lines = [f"{'':15}" + "".join(f"{f'{group} ({len(groups[group])})':>24}" for group in groups)]
    for name in FactName:
        cells = (
            f"{tally.precision:.2f} {tally.recall:.2f} {f'{tally.right}/{tally.wrong}/{tally.missed}':>9}"
            for tally in (tallies_of[name] for tallies_of in counted.values())
        )
        lines.append(f"{name:15}" + "".join(f"{cell:>24}" for cell in cells))
    return "\n".join(lines)


def tallies(results: Sequence[Found]) -> dict[FactName, Tally]:
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
