"""Kills: crawling, importing, delivering and migrating, each killed many times and compared with a quiet run."""

import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlite_utils

from alerts.outbox import Outbox
from clausewatch import wiring
from clausewatch.cli.main import main
from clausewatch.config import load
from diffing.archive import Archive, migrations
from diffing.archive.record import Message
from tests.support.histories import History
from tests.support.receiver import Receiver, receiving
from tests.support.server import serving
from tests.torture import site
from tests.torture.apart import keep_apart
from tests.torture.kept import differences, kept
from tests.torture.killing import Killed, killed, length

START = datetime(2025, 9, 1, tzinfo=UTC)
STAGES = 4
SERVICES = 8
CONFIG = """
archive = "{archive}"
targets = ["declarations"]
[crawl]
delay = 0
robots = false
chromium = "none"
allow_hosts = ["127.0.0.1"]
[channels.hook]
type = "webhook"
url = "{url}"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
allow_private = true
[[subscriptions]]
channel = "hook"
unflagged = true
"""

Result = dict[str, Any]


def crawling(folder: Path, kills: int, chance: random.Random) -> Result:
    """Crawls of a site that changes four times, killed while they fetch, judge, keep and deliver."""
    stage = 0
    with receiving() as calm, receiving() as receiver, serving(lambda asked: site.page(asked, stage)) as server:
        site.declare(folder / "declarations", server.url, SERVICES)
        quiet, torn = _configured(folder, "quiet", calm), _configured(folder, "torn", receiver)
        strikes = Counter[str]()
        for stage in range(STAGES):
            now = START + timedelta(days=stage)
            within = length(partial(_crawl, quiet, now))
            done = killed(partial(_crawl, torn, now), kills=_share(kills, stage, STAGES), within=within, chance=chance)
            strikes.update(kills=done.kills, finished=done.finished)
        _crawl_apart(torn, START + timedelta(days=STAGES))
        return {**strikes, **_compared(folder), **_delivered(folder / "torn.db", receiver)}


def importing(folder: Path, kills: int, chance: random.Random) -> Result:
    """Imports of a recorded history, killed while they read, judge and keep."""
    history = History(_made(folder / "history"))
    for number in range(STAGES * SERVICES * 2):
        stage, service = divmod(number, SERVICES)
        words = site.text(service, stage).replace("<p>", "\n\n").replace("<h2>", "\n\n## ").replace("<h1>", "# ")
        history.record(f"S{service}/Privacy Policy.md", words, START + timedelta(days=stage, minutes=service))
    with receiving() as calm, receiving() as receiver:
        quiet, torn = _configured(folder, "quiet", calm), _configured(folder, "torn", receiver)
        within = length(partial(_import, quiet, history.folder))
        done = killed(partial(_import, torn, history.folder), kills=kills, within=within, chance=chance)
        return {"kills": done.kills, "finished": done.finished, **_compared(folder)}


def delivering(folder: Path, kills: int, chance: random.Random) -> Result:
    """Deliveries, killed before, while and after a receiver takes an alert."""
    with receiving() as receiver:
        torn = _configured(folder, "torn", receiver)
        messages = [Message(id=f"evt_{n}", channel="hook", event="test", body="{}", due_at=START) for n in range(40)]
        with Archive.open(folder / "torn.db") as archive:
            Outbox(archive).add(messages, START)
        began = time.monotonic()
        work = partial(_deliver, torn, lambda: START + timedelta(seconds=1000 * (time.monotonic() - began)))
        done = killed(work, kills=kills, within=0.3, chance=chance)
        while _waiting(folder / "torn.db"):
            killed(work, kills=0, within=0, chance=chance)
        return {"kills": done.kills, "finished": done.finished, **_delivered(folder / "torn.db", receiver)}


def migrating(folder: Path, kills: int, chance: random.Random) -> Result:
    """An archive of the first schema, killed while it is backed up and migrated."""
    old, torn = folder / "old.db", folder / "torn.db"
    _first_schema(old, rows=20_000)
    content, done = old.read_bytes(), Counter[str]()
    torn.write_bytes(content)
    within = length(partial(_open, torn))
    for _ in range(kills):
        for path in folder.glob("torn.db*"):
            path.unlink()
        torn.write_bytes(content)
        # One try a copy: once it is migrated there is nothing left to kill.
        struck: Killed = killed(partial(_open, torn), kills=1, within=within, chance=chance, patience=1)
        done.update(kills=struck.kills, finished=struck.finished)
    found = kept(torn)
    left = sorted(path.name for path in folder.glob("torn.db*"))
    return {**done, "sound": found.sound, "alerts": found.counts["alerts"], "reference": 20_000, "files": left}


def keeping(folder: Path, kills: int, chance: random.Random) -> Result:
    """Items that are kept in a process of their own, while the crawl that hands them over is killed."""
    with receiving() as calm, receiving() as receiver:
        quiet, torn = _configured(folder, "quiet", calm), _configured(folder, "torn", receiver)
        done = [keep_apart(quiet, torn, stage, kills=_share(kills, stage, 2), chance=chance) for stage in range(2)]
    struck = {"kills": sum(one.kills for one in done), "finished": sum(one.finished for one in done)}
    return {**struck, **_compared(folder)}


SCENARIOS: dict[str, Callable[[Path, int, random.Random], Result]] = {
    "crawling": crawling,
    "keeping": keeping,
    "importing": importing,
    "delivering": delivering,
    "migrating": migrating,
}


def _share(kills: int, part: int, parts: int) -> int:
    return kills * (part + 1) // parts - kills * part // parts


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _configured(folder: Path, name: str, receiver: Receiver) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(CONFIG.format(archive=f"{name}.db", url=receiver.url))
    return path


def _crawl(path: Path, now: datetime) -> None:
    config = load(path)
    with wiring.archive(config) as archive:
        wiring.crawl(config, archive, tuple(wiring.targets(config)), now=lambda: now)
        wiring.deliver(config, archive, now=lambda: now)


def _crawl_apart(path: Path, now: datetime) -> None:
    """One more crawl in a process of its own, a day later: leases of the killed have run out by then."""
    length(partial(_crawl, path, now))


def _import(path: Path, history: Path) -> None:
    sys.argv = ["clausewatch", "--config", str(path), "import", "ota", str(history), "--alert"]
    sys.stdout = Path("/dev/null").open("w")  # noqa: SIM115 - the process ends with it
    main()


def _deliver(path: Path, now: Callable[[], datetime]) -> None:
    config = load(path)
    with wiring.archive(config) as archive:
        wiring.deliver(config, archive, now=now)


def _open(path: Path) -> None:
    Archive.open(path).close()


def _waiting(path: Path) -> int:
    with Archive.open(path) as archive:
        return Outbox(archive).waiting()


def _first_schema(path: Path, rows: int) -> None:
    """An archive as the first schema had it, with as many alerts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("BEGIN")
        migrations.STEPS[0](sqlite_utils.Database(raw))
        raw.executemany(
            "INSERT INTO outbox (id, channel, event, body, created_at, next_at) VALUES (?, 'hook', 'test', '{}', 0, 0)",
            [(f"evt_{number}",) for number in range(rows)],
        )
        raw.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        raw.execute("PRAGMA user_version = 1")
        raw.execute("COMMIT")


def _compared(folder: Path) -> Result:
    torn = kept(folder / "torn.db")
    return {"sound": torn.sound, "rows": differences(torn, kept(folder / "quiet.db"))}


def _delivered(path: Path, receiver: Receiver) -> Result:
    """Alerts made, received at least once, received twice under the same id, lost."""
    with closing(sqlite3.connect(path)) as database:
        made = {row[0] for row in database.execute("SELECT id FROM outbox")}
    ids = Counter(receiver.ids())
    return {
        "made": len(made),
        "received": len(made & set(ids)),
        "twice": sum(ids[one] > 1 for one in made),
        "lost": len(made - set(ids)),
    }
