"""How long a recorded history takes through gate, diff, flags and archive, beside git's own word diff of it.

Run by `make bench`. Needs the folder `shared/` beside the checkout; another bundle than pga may be named as argument.
Both are measured in one run; nothing is asserted.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import data
from crawler.imports.ota import history
from crawler.imports.replay import replay
from crawler.imports.repository import opened
from crawler.recorder import Recorder
from diffing.archive import Archive
from diffing.topics import load_topics

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
OUT = Path(__file__).parent / "results"
BATCH = 200


def main(name: str) -> None:
    """Measure one bundle, print and write the results."""
    bundle = CORPUS / f"{name}.bundle"
    with opened(bundle) as repository, tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        command = ["git", "-C", str(repository.folder), "log", "--all", "-p", "--word-diff=porcelain"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        git = time.perf_counter() - begun
        path = Path(folder) / "archive.db"
        counts: Counter[str] = Counter()
        tenths: list[float] = []
        begun = time.perf_counter()
        with Archive.open(path) as archive:
            versions = history(repository)
            recorder = Recorder(archive, load_topics([data.folder("topics")]))
            tenth = max(1, len(versions) // 10)
            for start in range(0, len(versions), BATCH):
                with archive.batch():
                    for visit in replay(repository, versions[start : start + BATCH], recorder):
                        counts[visit.outcome.value] += 1
                if (start + BATCH) // tenth > len(tenths):
                    tenths.append(time.perf_counter() - begun)
        ours = time.perf_counter() - begun
        size = path.stat().st_size
    measured = {
        "versions": len(versions),
        "git word diff, s": round(git, 2),
        "replay, s": round(ours, 2),
        "replay / git": round(ours / git, 2),
        "ms a version": round(1000 * ours / len(versions), 2),
        "first tenth / last tenth": round(tenths[0] / (tenths[-1] - tenths[-2]), 2) if len(tenths) > 2 else None,
        "archive / bundle": round(size / bundle.stat().st_size, 2),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "outcomes": dict(counts.most_common()),
    }
    OUT.mkdir(exist_ok=True)
    (OUT / f"replay-{name}.json").write_text(json.dumps(measured, indent=2) + "\n")
    for key, value in measured.items():
        print(f"{key:32} {value}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "pga")
