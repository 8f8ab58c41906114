"""Seconds from the commit of an alert to the first attempt, by a real daemon: python -m benchmarks.latency [ALERTS].

A change and its alerts are one transaction, so the commit of an alert is that of its change. Alerts are committed by
this process at moments spread over the daemon's second, while it runs beside.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from clausewatch import wiring
from clausewatch.config import Config
from tests.support.outbox import note
from tests.support.receiver import Received, Receiver, Reply, receiving
from tests.support.server import serving

CONFIG = """
targets = ["declarations"]
[crawl]
delay = 0
allow_hosts = ["127.0.0.1"]
[channels.hook]
type = "webhook"
url = "{url}"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
allow_private = true
"""
PAGE = "<main><h1>Privacy</h1><p>We keep your posts while you have an account with us.</p></main>"


def prepared(folder: Path, hook: str, site: str) -> None:
    """Lay out a configuration with one page to watch and one webhook."""
    (folder / "declarations").mkdir()
    terms = {"Privacy Policy": {"fetch": f"{site}/nord", "select": "main"}}
    (folder / "declarations" / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms}))
    (folder / "clausewatch.toml").write_text(CONFIG.format(url=hook))


def measured(folder: Path, receiver: Receiver, alerts: int) -> list[float]:
    """Commit alerts one after the other and note when each arrives."""
    arrived: dict[str, float] = {}
    take = receiver.take

    def noted(request: Received) -> Reply:
        arrived.setdefault(request.headers["webhook-id"], time.monotonic())
        return take(request)

    receiver.take = noted  # type: ignore[method-assign]
    config, committed = Config(archive=folder / "clausewatch.db"), dict[str, float]()
    with wiring.archive(config) as kept:
        for number in range(alerts):
            now = datetime.now(UTC)
            wiring.outbox(config, kept).add([note(str(number), due_at=now)], now)
            committed[f"evt_{number}"] = time.monotonic()
            time.sleep(0.7 + 0.6 * number / alerts)
    time.sleep(3)
    return sorted(arrived[name] - committed[name] for name in committed)


if __name__ == "__main__":
    alerts = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as name, receiving() as receiver, serving({"/nord": PAGE}) as site:
        folder = Path(name)
        prepared(folder, receiver.url, site.url)
        command = [sys.executable, "-m", "clausewatch", "--config", str(folder / "clausewatch.toml"), "daemon"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon:
            time.sleep(6)
            took = measured(folder, receiver, alerts)
            daemon.terminate()
        print(f"{len(took)} alerts: median {took[len(took) // 2]:.2f} s, longest {took[-1]:.2f} s")
