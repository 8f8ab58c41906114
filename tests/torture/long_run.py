"""Long run: a daemon's rounds through simulated days, with faults at every layer, and how its memory fares."""

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from clausewatch import wiring
from clausewatch.config import load
from tests.support.receiver import Receiver, Reply, receiving
from tests.support.server import serving
from tests.torture import site
from tests.torture.kills import CONFIG, START
from tests.torture.weather import Weather

DAEMON = '[daemon]\nevery = "6h"\nadaptive = false\n'


def long_run(folder: Path, *, terms: int, hours: int, seed: int) -> dict[str, Any]:
    """So many hours over so many terms: what was met, what was kept, alerts made and received, memory by the hour."""
    weather = Weather(seed=seed)
    with _receiving(weather) as receiver, serving(weather.page) as server:
        server.requests = deque(maxlen=1)  # type: ignore[assignment]  # nobody looks at them
        site.declare(folder / "declarations", server.url, terms)
        path = folder / "long.toml"
        path.write_text(CONFIG.format(archive="long.db", url=receiver.url) + DAEMON)
        told = _rounds(path, weather, hours)
        made, lost = _settled(path, receiver, START + timedelta(hours=hours + 200))
    return {
        "terms": terms,
        "hours": hours,
        "met": dict(weather.met),
        "made": made,
        "lost": lost,
        **told,
        "growth": round(told["megabytes"][-1] / told["megabytes"][0], 3),
    }


def _rounds(path: Path, weather: Weather, hours: int) -> dict[str, Any]:
    """Lead a daemon through the hours: its memory after each, and the most it ever held."""
    command = [sys.executable, "-m", "tests.torture.rounds", str(path), str(hours), str(weather.seed)]
    memory: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            match json.loads(line):
                case {"step": step}:
                    weather.turn(step)
                    weather.met["clock set back"] += weather.set_back
                case {"megabytes": megabytes}:
                    memory.append(megabytes)
                case {"peak": peak}:
                    told = {"megabytes": memory, "peak": max(peak, *memory)}  # the system counts its peak in strides
            process.stdin.write("\n")
            process.stdin.flush()
    if process.returncode:
        raise RuntimeError(f"the daemon of the long run ended with {process.returncode}")
    return told


@contextmanager
def _receiving(weather: Weather) -> Iterator[Receiver]:
    """A receiver that fails as the weather has it, and keeps no more than the ids."""
    taken: set[str] = set()
    with receiving() as receiver:
        plain = receiver.take

        def take(request: Any) -> Reply:
            reply = plain(request)
            taken.add(request.headers["webhook-id"])
            receiver.received.clear()
            return weather.receipt(reply)

        receiver.take = take  # type: ignore[method-assign]
        receiver.ids = lambda: list(taken)  # type: ignore[method-assign]
        yield receiver


def _settled(path: Path, receiver: Receiver, now: datetime) -> tuple[int, int]:
    """Deliver what still waits, and count the alerts made and those that were never taken."""
    config = load(path)
    with wiring.archive(config) as kept:
        for turn in range(20):
            if not wiring.deliver(config, kept, now=lambda: now + timedelta(hours=30 * turn)).waiting:  # noqa: B023
                break
        box = wiring.outbox(config, kept)
        made = {delivery.id for delivery in box.list(limit=10**6)}
    return len(made), len(made - set(receiver.ids()))
