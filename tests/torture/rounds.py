"""Rounds: the daemon of the long run, in a process of its own, so that only what is the daemon's is measured.

python -m tests.torture.rounds CONFIG HOURS SEED

Before each ten minutes it writes a line and waits for one, so that whoever runs the site turns the weather with it. The
line is JSON: the step it is about to do, the memory at the end of an hour, and at the end the most it ever held, in MB.
"""

import gc
import json
import logging
import resource
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from clausewatch import wiring
from clausewatch.config import load
from clausewatch.daemon import KEEPING_HOURS, crawl_due
from clausewatch.health.metrics import Metrics
from clausewatch.schedule import Schedule
from diffing.archive.memory import LITTLE
from tests.torture.kills import START
from tests.torture.weather import STEP, Weather

PER_HOUR = int(timedelta(hours=1) / STEP)


def rounds(path: Path, hours: int, seed: int) -> None:
    """What a daemon does in so many hours: visit, deliver, answer scrapes, drop what is old."""
    config, weather = load(path), Weather(seed=seed)
    declared = wiring.targets(config)
    schedule = Schedule(config, declared, started=START)
    with wiring.archive(config, memory=LITTLE) as kept, wiring.archive(config, memory=LITTLE) as outbox:
        moment = START

        def now() -> datetime:
            return moment

        crawl, send = wiring.crawler(config, kept, now=now), wiring.deliverer(config, outbox, now=now)
        drop = wiring.dropper(config, kept, now=now)
        metrics = Metrics(lambda: wiring.report(config, outbox, declared=declared, now=now))
        for step in range(1, hours * PER_HOUR + 1):
            _tell({"step": step})
            weather.turn(step)
            moment = START + STEP * step - timedelta(hours=weather.set_back)
            while crawl_due(crawl, kept, now, schedule):
                pass
            send()
            if step % PER_HOUR == 0:
                metrics.page()
                _tell({"hour": step // PER_HOUR, "megabytes": _megabytes()})
            if step % (KEEPING_HOURS * PER_HOUR) == 0:
                drop()
    _tell({"peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 10**6, 1)})


def _tell(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _megabytes() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 10**6, 1)


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    rounds(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
