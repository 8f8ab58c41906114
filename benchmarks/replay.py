"""How long a recorded history takes through gate, archive, diff and flags, beside git's own word diff of it.

`python -m benchmarks.replay [NAME]` measures one bundle of the folder `shared/` beside the checkout and prints JSON; a
process of its own, so that its peak memory is the replay's. Both are measured in one run, by the clock and in processor
time, that of started processes included; nothing is asserted.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

import data
from benchmarks.costs import cpu_seconds, peak_mb
from crawler.imports.ota import by_document, history
from crawler.imports.replay import replay
from crawler.imports.repository import Repository, opened
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.topics import load_topics

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
BATCH = 200


def main(name: str) -> dict[str, object]:
    """Measure one bundle."""
    bundle = CORPUS / f"{name}.bundle"
    with opened(bundle) as repository, tempfile.TemporaryDirectory() as folder:
        git, git_cpu = _git(repository)
        path = Path(folder) / "archive.db"
        kinds: Counter[str] = Counter()
        took: list[float] = []
        begun, begun_cpu = perf_counter(), cpu_seconds()
        topics = load_topics([data.folder("topics")])
        versions = by_document(history(repository))
        with Archive.open(path) as archive:
            recorder = Recorder(archive, topics)
            for start in range(0, len(versions), BATCH):
                batch_begun = perf_counter()
                with archive.batch():
                    for visit in replay(repository, versions[start : start + BATCH], recorder):
                        kinds[visit.outcome.value] += 1
                        kinds["flagged"] += bool(visit.change and visit.change.judgement.flags)
                took.append(perf_counter() - batch_begun)
        seconds, cpu = perf_counter() - begun, cpu_seconds() - begun_cpu
        memory, size = peak_mb(), path.stat().st_size
        begun = cpu_seconds()
        with Archive.open(path) as archive:
            archive.asking.catch_up()
        indexing, indexed = cpu_seconds() - begun, path.stat().st_size
    tenth = max(1, len(took) // 10)
    return {
        "bundle": name,
        "versions": len(versions),
        "git log -p --word-diff, s": round(git, 1),
        "git log -p --word-diff, s of processor": round(git_cpu, 1),
        "replay, s": round(seconds, 1),
        "replay, s of processor": round(cpu, 1),
        "replay / git": round(seconds / git, 1),
        "replay / git, of processor": round(cpu / git_cpu, 1),
        "ms a version": round(1000 * seconds / len(versions), 2),
        "ms a version, first tenth": round(1000 * sum(took[:tenth]) / (tenth * BATCH), 2),
        "ms a version, last tenth": round(1000 * sum(took[-tenth - 1 : -1]) / (tenth * BATCH), 2),
        "peak memory, MB": memory,
        "archive, MB": round(size / 1e6, 2),
        "archive / bundle": round(size / bundle.stat().st_size, 2),
        "archive with search index / bundle": round(indexed / bundle.stat().st_size, 2),
        "search index, s": round(indexing, 1),
        "outcomes": dict(kinds.most_common()),
    }


def _git(repository: Repository) -> tuple[float, float]:
    begun, begun_cpu = perf_counter(), cpu_seconds()
    command = ["git", "-C", str(repository.folder), "log", "--all", "-p", "--word-diff=porcelain"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun, cpu_seconds() - begun_cpu


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1] if len(sys.argv) > 1 else "pga"), indent=2))
