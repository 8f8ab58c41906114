"""Everything that is measured, in one run: `make bench`. Writes benchmarks/results/bench.json and bench.md.

Needs the folder `shared/` beside the checkout. Ratios and times of one run; nothing is asserted.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import growth, pairs

OUT = Path(__file__).parent / "results"
BUNDLES = ("contrib", "pga", "genai-eu", "genai-contrib", "vlopses-us", "france")
KINDS = ("new", "changed", "cosmetic", "links", "return", "upgrade", "unchanged", "fault", "flagged")


def main() -> None:
    """Measure, print the table, write both files."""
    replays = [_alone("replay", name) for name in BUNDLES]
    found = {"replay": replays, "pairs": pairs.measure(), "growth": growth.measure()}
    OUT.mkdir(exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps(found, indent=2) + "\n")
    table = "\n\n".join(
        [_replay_table(replays), _kinds_table(replays), _pairs_table(found["pairs"]), _growth_table(found["growth"])]
    )
    (OUT / "bench.md").write_text(table + "\n")
    print(table)


def _alone(part: str, *arguments: str) -> dict[str, object]:
    """A part in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", f"benchmarks.{part}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _replay_table(replays: list[dict[str, object]]) -> str:
    rows = [name for name in replays[0] if name not in ("bundle", "outcomes")]
    head = ["", *(str(one["bundle"]) for one in replays)]
    return _table(head, [[name, *(str(one[name]) for one in replays)] for name in rows])


def _kinds_table(replays: list[dict[str, object]]) -> str:
    rows = []
    for one in replays:
        counts = one["outcomes"]
        assert isinstance(counts, dict)
        rows.append([str(one["bundle"]), *(str(counts.get(kind, 0)) for kind in KINDS)])
    return _table(["versions by outcome", *KINDS], rows)


def _pairs_table(measured: object) -> str:
    assert isinstance(measured, dict)
    rows = [[name, *(str(value) for value in times.values())] for name, times in measured.items()]
    return _table(["comparing a pair, ms", "median", "99 %", "worst"], rows)


def _growth_table(measured: object) -> str:
    assert isinstance(measured, dict)
    return _table(["visits before", "ms a visit"], [[span, str(taken)] for span, taken in measured.items()])


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
