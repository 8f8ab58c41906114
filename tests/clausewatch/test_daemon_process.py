"""The daemon as its supervisor sees it: signals, the notify socket, health and metrics over HTTP."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from alerts.delivery import State
from alerts.outbox import Outbox
from clausewatch import wiring
from clausewatch.config import load
from diffing.archive.record import Message
from tests.support.server import Server, serving

PAGE = "<main><h1>Privacy</h1><p>We keep your posts while you have an account with us.</p></main>"
CONFIG = """
targets = ["declarations"]
[crawl]
delay = 0
allow_hosts = ["127.0.0.1"]
[daemon]
every = "6h"
listen = "127.0.0.1:0"
"""

HOOK = """
[channels.hook]
type = "webhook"
url = "http://127.0.0.1:{port}/"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
allow_private = true
"""
NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)

Event = dict[str, Any]
Until = Callable[[str], Event]


@pytest.fixture
def site() -> Iterator[Server]:
    with serving({"/nord": PAGE}) as server:
        yield server


@pytest.fixture
def path(tmp_path: Path, site: Server) -> Path:
    (tmp_path / "declarations").mkdir()
    terms = {
        "Privacy Policy": {"fetch": f"{site.url}/nord", "select": "main"},
        "Terms of Service": {"fetch": f"{site.url}/gone", "select": "main"},
    }
    (tmp_path / "declarations" / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms}))
    path = tmp_path / "clausewatch.toml"
    path.write_text(CONFIG)
    return path


@contextmanager
def running(path: Path, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", Until]]:
    """A daemon, and a function that reads its log up to an event of that name."""
    command = [sys.executable, "-m", "clausewatch", "--config", str(path), "daemon", "--json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
        assert process.stderr is not None
        events = (json.loads(line) for line in process.stderr if line.startswith("{"))

        def until(name: str) -> Event:
            return next(event for event in events if event["event"] == name)

        try:
            yield process, until
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=10)


def test_health_and_metrics_are_answered_while_it_runs(path: Path) -> None:
    with running(path) as (_, until):
        address = until("started")["health"]
        visits = [until("visited") for _ in range(2)]
        assert sorted(visit["outcome"] for visit in visits) == ["fault", "new"]
        assert httpx.get(f"{address}/healthz").text == "ok\n"
        assert httpx.get(f"{address}/readyz").text == "ready\n"
        page = httpx.get(f"{address}/metrics")
    assert page.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }
    assert samples["clausewatch_visits_total", "new"] == 1
    assert samples["clausewatch_faults", "not_found"] == 1
    assert (samples["clausewatch_targets",], samples["clausewatch_versions",]) == (2, 1)
    assert samples["clausewatch_fetch_seconds_count", "2xx"] >= 1
    assert samples["clausewatch_fetch_seconds_count", "4xx"] >= 1
    assert samples["clausewatch_alerts", "waiting"] == 0


def test_systemd_is_told_of_ready_alive_and_stopping(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        address = path.parent / "notify"
        supervisor.bind(str(address))
        supervisor.settimeout(30)
        with running(path, NOTIFY_SOCKET=str(address)) as (process, until):
            until("started")
            told = [supervisor.recv(200).decode() for _ in range(2)]
            process.send_signal(signal.SIGTERM)
            while "STOPPING=1" not in told:
                told.append(supervisor.recv(200).decode())
    assert told[0] == "READY=1\nSTATUS=watching 2 terms"
    assert told[1] == "WATCHDOG=1"
    assert process.returncode == 0


def test_a_hangup_reads_the_configuration_again_and_a_wrong_one_changes_nothing(path: Path) -> None:
    with running(path) as (process, until):
        until("started")
        path.write_text(CONFIG + "evry = 1\n")
        process.send_signal(signal.SIGHUP)
        refused = until("not reloaded")
        (path.parent / "declarations" / "Sued.json").write_text(
            (path.parent / "declarations" / "Nord.json").read_text().replace('"Nord"', '"Sued"')
        )
        path.write_text(CONFIG)
        process.send_signal(signal.SIGHUP)
        reloaded = until("reloaded")
    assert (refused["what"], refused["todo"]) == ("unknown key 'daemon.evry'", "did you mean 'every'?")
    assert reloaded["targets"] == 4


def test_topics_that_cannot_be_read_leave_the_old_ones_in_force(path: Path) -> None:
    (path.parent / "own").mkdir()
    path.write_text('topics = ["own"]\n' + CONFIG)
    with running(path) as (process, until):
        until("started")
        (path.parent / "own" / "cats.yaml").write_text("name: cats\nlanguages: {}\n")
        process.send_signal(signal.SIGHUP)
        refused = until("not reloaded")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert refused["where"].endswith("own/cats.yaml")
    assert refused["what"] == 'has no key "title"'


def test_the_archive_cannot_be_changed_by_a_reload(path: Path) -> None:
    with running(path) as (process, until):
        until("started")
        path.write_text('archive = "other.db"\n' + CONFIG)
        process.send_signal(signal.SIGHUP)
        assert until("not reloaded")["what"] == "cannot change while the daemon runs"
    assert not (path.parent / "other.db").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_seconds_even_while_a_page_hangs(
    path: Path, site: Server, number: signal.Signals
) -> None:
    hanging = socket.create_server(("127.0.0.1", 0))
    declared = path.parent / "declarations" / "Nord.json"
    declared.write_text(
        declared.read_text().replace(f"{site.url}/nord", f"http://127.0.0.1:{hanging.getsockname()[1]}/")
    )
    with hanging, running(path) as (process, until):
        until("crawling")
        connection, _ = hanging.accept()
        with connection:
            process.send_signal(number)
            assert process.wait(timeout=10) == 0


def test_a_signal_ends_it_within_seconds_while_a_receiver_hangs_and_the_alert_is_kept(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as receiver:
        path.write_text(CONFIG + HOOK.format(port=receiver.getsockname()[1]))
        with wiring.archive(load(path)) as kept:
            waiting = Message(id="evt_1", channel="hook", event="test", body="{}", due_at=NOW)
            Outbox(kept).add([waiting], NOW)
        with running(path) as (process, _):
            connection, _ = receiver.accept()
            with connection:
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=10) == 0
    with wiring.archive(load(path)) as kept:
        assert [delivery.state for delivery in Outbox(kept).get("evt_1")] == [State.WAITING]


def test_what_keeping_cannot_follow_is_told_at_the_start_and_not_a_day_later(path: Path) -> None:
    path.write_text(CONFIG + '[keeping]\ncaptures_for = "old"\n')
    command = [sys.executable, "-m", "clausewatch", "--config", str(path), "daemon"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("clausewatch: keeping.captures_for: 'old' is no interval;")


def test_old_deliveries_are_dropped_as_it_starts(path: Path) -> None:
    path.write_text(CONFIG + '[keeping]\ndeliveries_for = "52w"\n')
    then = datetime(2020, 1, 1, tzinfo=UTC)
    with wiring.archive(load(path)) as kept:
        outbox = Outbox(kept)
        outbox.add([Message(id="evt_1", channel="hook", event="test", body="{}", due_at=then)], then)
        (delivery,) = outbox.lease(then, "worker", limit=1, seconds=60)
        outbox.succeeded(delivery, then)
    with running(path) as (_, until):
        assert until("dropped")["deliveries"] == 1


def test_an_address_that_is_taken_is_one_line(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "clausewatch", "--config", str(path), "daemon"]
        environment = {**os.environ, "CLAUSEWATCH__DAEMON__LISTEN": f"127.0.0.1:{port}"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        f"clausewatch: daemon.listen: 127.0.0.1:{port} cannot be listened on (Address already in use);"
        " name another, or stop what has it\n"
    )
