"""Long run: a daemon's rounds through simulated days, with faults at every layer, and how its memory fares."""

import gc
import random
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from clausewatch import wiring
from clausewatch.config import load
from clausewatch.daemon import crawl_due
from clausewatch.schedule import Schedule
from tests.support.receiver import DROP, Receiver, Reply, receiving
from tests.support.server import Asked, serving
from tests.support.server import Reply as Page
from tests.torture import site
from tests.torture.kills import CONFIG, START

STEP = timedelta(minutes=10)
"""Simulated time between two rounds."""


CHALLENGE = {"server": "cloudflare", "cf-mitigated": "challenge"}
DAEMON = '[daemon]\nevery = "6h"\nadaptive = false\n'


@dataclass(slots=True, kw_only=True)
class Weather:
    """What goes wrong at the moment: drawn from the seed, the step and what is asked, never from who asks first."""

    seed: int
    step: int = 0
    stage: int = 0
    network: bool = True
    receiver: bool = True
    met: Counter[str] = field(default_factory=Counter)

    def turn(self, step: int) -> None:
        """Draw the next ten minutes."""
        self.step, self.stage = step, step // 36
        self.network = self.chance("network").random() > 0.1
        self.receiver = self.chance("receiver").random() > 0.2

    def chance(self, what: str) -> random.Random:
        """The dice for one thing in these ten minutes."""
        return random.Random(f"{self.seed} {self.step} {what}")

    def page(self, asked: Asked) -> Page | None:
        """A page, or one of the ways a site fails."""
        if not self.network:
            return self._failing("no network", Page(status=503))
        match self.chance(asked.path).randrange(40):
            case 0:
                return self._failing("500", Page(status=500))
            case 1:
                return self._failing("block page", Page(status=403, headers=CHALLENGE))
            case 2:
                return self._failing("empty", Page(body="<main></main>"))
            case 3:
                return self._failing("half a page", Page(body="<main><p>Loading</p></main>"))
            case 4:
                return self._failing("garbage", Page(body=b"\x00\xff" * 500, headers={"Content-Type": "text/html"}))
            case _:
                return site.page(asked, self.stage)

    def _failing(self, name: str, page: Page) -> Page:
        self.met[name] += 1
        return page


def long_run(folder: Path, *, terms: int, hours: int, seed: int) -> dict[str, Any]:
    """So many hours over so many terms: what was met, what was kept, alerts made and received, memory by the hour."""
    weather = Weather(seed=seed)
    with _receiving(weather) as receiver, serving(weather.page) as server:
        server.requests = deque(maxlen=1)  # type: ignore[assignment]  # nor requests
        site.declare(folder / "declarations", server.url, terms)
        path = folder / "long.toml"
        path.write_text(CONFIG.format(archive="long.db", url=receiver.url) + DAEMON)
        memory = _rounds(path, weather, hours)
        made, lost = _settled(path, receiver, START + timedelta(hours=hours + 200))
    return {
        "terms": terms,
        "hours": hours,
        "met": dict(weather.met),
        "made": made,
        "lost": lost,
        "megabytes": memory,
        "growth": round(memory[-1] / memory[0], 3),
    }


def _rounds(path: Path, weather: Weather, hours: int) -> list[float]:
    config, memory = load(path), []
    declared = wiring.targets(config)
    schedule = Schedule(config, declared, started=START)
    with wiring.archive(config) as kept, wiring.archive(config) as outbox:
        moment = START

        def now() -> datetime:
            return moment

        crawl, send = wiring.crawler(config, kept, now=now), wiring.deliverer(config, outbox, now=now)
        per_hour = int(timedelta(hours=1) / STEP)
        for step in range(1, hours * per_hour + 1):
            weather.turn(step)
            moment = START + STEP * step
            if weather.chance("clock").random() < 0.02:  # a clock that is set back for a while
                moment -= timedelta(hours=1)
                weather.met["clock set back"] += 1
            while crawl_due(crawl, kept, now, schedule):
                pass
            send()
            if step % per_hour == 0:
                memory.append(_megabytes())
    return memory


@contextmanager
def _receiving(weather: Weather) -> Iterator[Receiver]:
    """A receiver that fails as the weather has it."""
    taken: set[str] = set()
    with receiving() as receiver:
        plain = receiver.take

        def take(request: Any) -> Reply:
            reply = plain(request)
            taken.add(request.headers["webhook-id"])
            receiver.received.clear()  # bodies kept for a test would be taken for memory of the daemon's
            if weather.receiver:
                return reply
            weather.met["receiver down"] += 1
            return weather.chance("answer").choice([Reply(500), Reply(429, {"retry-after": "60"}), DROP])

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


def _megabytes() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * 4096 / 10**6, 1)
