"""The daemon, as a process of its own: it crawls what is due, delivers, and stops when told."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clausewatch import daemon, wiring
from clausewatch.config import load
from clausewatch.errors import HeldError
from clausewatch.lock import held
from clausewatch.schedule import Schedule
from diffing.version import Document
from tests.support.server import Server, serving

NORD = Document(service="Nord", terms="Privacy Policy")
START = datetime(2025, 9, 1, tzinfo=UTC)
BEFORE = "<main><h1>Privacy</h1><p>We keep your posts while you have an account with us.</p></main>"
AFTER = BEFORE.replace("</main>", "<p>We use your posts to train our generative AI models.</p></main>")
CONFIG = """
targets = ["declarations"]
[crawl]
delay = 0
allow_hosts = ["127.0.0.1"]
[daemon]
every = "6h"
[channels.log]
type = "file"
path = "alerts.jsonl"
[[subscriptions]]
channel = "log"
"""


@pytest.fixture
def site() -> Iterator[Server]:
    with serving({"/nord": BEFORE}) as server:
        yield server


@pytest.fixture
def path(tmp_path: Path, site: Server) -> Path:
    (tmp_path / "declarations").mkdir()
    terms = {"Privacy Policy": {"fetch": f"{site.url}/nord", "select": "main", "watch": {"language": "en"}}}
    (tmp_path / "declarations" / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms}))
    path = tmp_path / "clausewatch.toml"
    path.write_text(CONFIG)
    return path


def visited(path: Path, site: Server, hours: float) -> int:
    """How many terms a daemon visits that wakes so many hours after the start."""
    config = load(path)

    def now() -> datetime:
        return START + timedelta(hours=hours)

    with wiring.archive(config) as kept:
        schedule = Schedule(config, wiring.targets(config))
        crawl = wiring.crawler(config, kept, now=now)
        return daemon.crawl_due(crawl, kept, now, schedule)


def test_terms_are_visited_at_once_and_then_when_their_interval_is_over(path: Path, site: Server) -> None:
    assert [visited(path, site, hours) for hours in (0, 1, 5.9, 6.7, 7)] == [1, 0, 0, 1, 0]


def test_days_off_are_one_visit(path: Path, site: Server) -> None:
    assert [visited(path, site, hours) for hours in (0, 72, 72.1)] == [1, 1, 0]


def test_a_failing_page_is_not_asked_again_before_its_interval_is_over(path: Path, site: Server) -> None:
    site.pages = {}
    assert [visited(path, site, hours) for hours in (0, 1)] == [1, 0]


def test_a_topic_file_that_is_broken_between_two_rounds_does_not_stop_the_next(path: Path, site: Server) -> None:
    (path.parent / "own").mkdir()
    path.write_text('topics = ["own"]\n' + CONFIG)
    config, moment = load(path), START
    with wiring.archive(config) as kept:
        schedule = Schedule(config, wiring.targets(config))
        crawl = wiring.crawler(config, kept, now=lambda: moment)
        first = daemon.crawl_due(crawl, kept, lambda: moment, schedule)
        (path.parent / "own" / "cats.yaml").write_text("name: [")
        moment += timedelta(days=1)
        second = daemon.crawl_due(crawl, kept, lambda: moment, schedule)
    assert (first, second) == (1, 1)


def test_one_round_crawls_and_delivers_and_ends(path: Path, site: Server) -> None:
    config = load(path)
    daemon.run(config, once=True, now=lambda: START)
    site.pages = {"/nord": AFTER}
    daemon.run(config, once=True, now=lambda: START + timedelta(days=1))
    alert = json.loads((path.parent / "alerts.jsonl").read_text())
    assert alert["data"]["topics"] == ["ai_training"]


def test_a_second_daemon_ends_at_once_and_names_the_first(path: Path) -> None:
    with held(path.parent / "clausewatch.db", START), pytest.raises(HeldError, match=f"process {os.getpid()}, since"):
        daemon.run(load(path), once=True, now=lambda: START)


def test_a_disk_that_is_full_ends_the_daemon_with_a_line_and_loses_nothing(path: Path, site: Server) -> None:
    daemon.run(load(path), once=True, now=lambda: START)
    archive = path.parent / "clausewatch.db"
    long = " ".join(f"word{number * 7919 % 100_003}" for number in range(100_000))
    site.pages = {"/nord": BEFORE.replace("</main>", f"<p>{long}</p></main>")}

    def limit() -> None:
        room = archive.stat().st_size + 10_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [sys.executable, "-m", "clausewatch", "--config", str(path), "daemon", "--once"]
    with wiring.archive(load(path)) as kept:
        before = kept.current(NORD)
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert str(archive) in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    with wiring.archive(load(path)) as kept:
        assert kept.current(NORD) == before


def test_it_runs_until_sigterm_and_then_ends_cleanly(path: Path, site: Server) -> None:
    command = [sys.executable, "-m", "clausewatch", "--config", str(path), "daemon", "--json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        events = (json.loads(line) for line in process.stderr)
        seen = next(event for event in events if event["event"] == "visited")
        process.send_signal(signal.SIGTERM)
        last = [event["event"] for event in events][-1:]
        code = process.wait(timeout=10)
    assert (seen["document"], seen["outcome"]) == ("Nord · Privacy Policy", "new")
    assert (code, last) == (0, ["stopped"])
    with wiring.archive(load(path)) as kept:
        assert kept.current(NORD) is not None
