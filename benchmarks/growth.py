"""Growth: whether a version costs more the longer the history before it is.

`python -m benchmarks.growth`. One document of two hundred clauses is visited thousands of times; mostly a clause is
new, at every third visit the text before is back, as on a page that flips. The texts stay as long as they are, so only
the history grows. Nothing is asserted.
"""

import json
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import data
from benchmarks.costs import cpu_seconds
from crawler.observation import Observation
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.topics import load_topics
from diffing.version import Document

VISITS = 6_000
CLAUSES = 200
START = datetime(2020, 1, 1, tzinfo=UTC)
WORDS = ("keep", "posts", "messages", "account", "settings", "partners", "months", "cookies", "letter", "river")


def measure() -> dict[str, float]:
    """Milliseconds of processor time a visit, by the number of visits before it, a tenth of all at a time."""
    chance = random.Random(1)
    clauses = [_clause(chance) for _ in range(CLAUSES)]
    before = text = "\n\n".join(clauses)
    took: list[float] = []
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.db") as archive:
        recorder = Recorder(archive, load_topics([data.folder("topics")]))
        for visit in range(VISITS):
            if visit % 3 == 2:
                before, text = text, before
            else:
                clauses[chance.randrange(CLAUSES)] = _clause(chance)
                before, text = text, "\n\n".join(clauses)
            begun = cpu_seconds()
            recorder.observe(_observation(text, visit))
            took.append(cpu_seconds() - begun)
    tenth = VISITS // 10
    return {
        f"{first:,} to {first + tenth:,}": round(1000 * sum(took[first : first + tenth]) / tenth, 2)
        for first in range(0, VISITS, tenth)
    }


def _clause(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=30)) + f" {chance.randrange(10**6)}."


def _observation(text: str, visit: int) -> Observation:
    return Observation(
        document=Document(service="Nord", terms="Privacy Policy"),
        text=text,
        url="https://nord.example/privacy",
        observed_at=START + visit * timedelta(hours=6),
        captures=(),
        extractor="growth",
        declaration="",
        language="en",
    )


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
