"""`make torture`: hundreds of kills and two simulated days, told as a table, JSON and a picture of the memory.

python -m tests.torture [--kills N] [--terms N] [--hours N] [--seed N] [--long-run] [--out FOLDER] [--json]
"""

import argparse
import json
import logging
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import structlog

from tests.torture.kills import SCENARIOS
from tests.torture.long_run import long_run
from tests.torture.picture import memory_picture


def main() -> int:
    """Run it all; exit code 1 when anything was lost, doubled or damaged."""
    told = _arguments()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    results: dict[str, Any] = {}
    for name, scenario in () if told.long_run else SCENARIOS.items():
        with tempfile.TemporaryDirectory() as folder:
            results[name] = scenario(Path(folder), told.kills, random.Random(told.seed))
    with tempfile.TemporaryDirectory() as folder:
        results["long run"] = long_run(Path(folder), terms=told.terms, hours=told.hours, seed=told.seed)
    if told.out:
        told.out.mkdir(parents=True, exist_ok=True)
        (told.out / "torture.json").write_text(json.dumps(results, indent=2) + "\n")
        (told.out / "memory.svg").write_text(memory_picture(results["long run"]["megabytes"]))
    sys.stdout.write((json.dumps(results) if told.json else table(results)) + "\n")
    return 1 if troubles(results) else 0


def troubles(results: dict[str, Any]) -> list[str]:
    """What must not be, as sentences; [] when all held."""
    found = []
    for name, result in results.items():
        if result.get("sound", "ok") != "ok":
            found.append(f"{name}: the archive is damaged: {result['sound']}")
        for rows, numbers in result.get("rows", {}).items():
            found += [f"{name}: {numbers[kind]} {rows} {kind}" for kind in ("lost", "doubled") if numbers[kind]]
        if result.get("lost"):
            found.append(f"{name}: {result['lost']} alerts lost")
        if "reference" in result and result["alerts"] != result["reference"]:
            found.append(f"{name}: {result['alerts']} alerts instead of {result['reference']}")
    if results["long run"]["hours"] >= 24 and results["long run"]["growth"] > 1.2:
        found.append(f"long run: memory grew to {results['long run']['growth']} times that after the first hour")
    return found


def table(results: dict[str, Any]) -> str:
    """What was done and what came of it, a line each."""
    killed = [name for name in SCENARIOS if name in results]
    lines = [f"{'':12}{'kills':>7}{'finished':>10}  lost or doubled"] if killed else []
    for name in killed:
        result = results[name]
        rows = ", ".join(
            f"{numbers['lost']}+{numbers['doubled']} of {numbers['reference']:,} {kind}"
            for kind, numbers in result.get("rows", {}).items()
        )
        told = "{lost} of {made} alerts lost, {twice} twice"
        alerts = told.format(**result) if "made" in result else ""
        said = "; ".join(filter(None, (rows, alerts)))
        lines.append(f"{name:12}{result['kills']:>7}{result['finished']:>10}  {said}")
    long = results["long run"]
    lines += [
        f"long run: {long['hours']} hours over {long['terms']} terms; met {long['met']}",
        f"  alerts: {long['made']} made, {long['lost']} lost; memory {long['megabytes'][0]} MB after the first hour,"
        f" {long['megabytes'][-1]} MB at the end ({long['growth']} times), {long['peak']} MB at most",
        *(troubles(results) or ["nothing lost, nothing doubled, every archive sound"]),
    ]
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    for name, default in (("kills", 100), ("terms", 500), ("hours", 48), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--long-run", action="store_true", help="only that, without the kills")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
