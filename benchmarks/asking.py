"""What the index of an archive takes in time and room, and how soon it answers, beside reading all passages.

Run by `make bench`. Needs the folder `shared/` beside the checkout; another bundle than pga may be named as argument.
All is measured in one run; nothing is asserted.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crawler.imports.ota import history
from crawler.imports.replay import replay
from crawler.imports.repository import opened
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.archive.search import Within

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
OUT = Path(__file__).parent / "results"
BATCH = 200
ROUNDS = 5
ASKED = (
    "train models", '"legitimate interest"', "data", "your personal data", "the", "train*", "données personnelles",
    "advert* OR ads", "share -third",
)  # fmt: skip


def took(do: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begun)


def main(name: str) -> None:
    """Measure one bundle, print and write the results."""
    bundle = CORPUS / f"{name}.bundle"
    with tempfile.TemporaryDirectory() as folder, opened(bundle) as repository:
        path = Path(folder) / "archive.db"
        with Archive.open(path) as archive:
            versions, recorder = history(repository), Recorder(archive, ())

            def record() -> None:
                for start in range(0, len(versions), BATCH):
                    with archive.batch():
                        list(replay(repository, versions[start : start + BATCH], recorder))

            recorded = took(record)
        before = path.stat().st_size
        with Archive.open(path) as archive:
            kept = archive.asking.behind()
            indexed = took(archive.asking.catch_up)
            documents = archive.documents()
            service = documents[len(documents) // 2].service
            within = (Within(), Within(current=True), Within(service=service))
            cold = [took(lambda: archive.asking.search(asked, where)) for asked in ASKED for where in within]  # noqa: B023
            warm = [
                took(lambda: archive.asking.search(asked, where))  # noqa: B023
                for _ in range(ROUNDS) for asked in ASKED for where in within
            ]  # fmt: skip
            blames = [took(lambda: archive.asking.blame(document)) for document in documents]  # noqa: B023
            reading = took(
                lambda: [
                    text
                    for document in documents
                    for text, _ in archive.asking.passages(document)
                    if "legitimate interest" in text
                ]
            )
        size = path.stat().st_size
    measured = {
        "versions kept": kept,
        "index / recording, time": round(indexed / recorded, 2),
        "index, ms a version": round(indexed / kept, 2),
        "archive with index / without": round(size / before, 2),
        "archive with index / bundle": round(size / bundle.stat().st_size, 2),
        "search, ms, first time: median, worst": [round(statistics.median(cold), 1), round(max(cold), 1)],
        "search, ms: median, worst": [round(statistics.median(warm), 1), round(max(warm), 1)],
        "reading all passages / search": round(reading / statistics.median(warm)),
        "blame, ms: median, worst": [round(statistics.median(blames), 1), round(max(blames), 1)],
    }
    OUT.mkdir(exist_ok=True)
    (OUT / f"asking-{name}.json").write_text(json.dumps(measured, indent=2) + "\n")
    for key, value in measured.items():
        print(f"{key:40} {value}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "pga")
