"""`clausewatch alerts`: what was told, what waits, and channels that fail."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.routing import Subscription, messages
from clausewatch import wiring
from clausewatch.config import load
from diffing.archive.record import Message
from tests.support import changes
from tests.support.command import Command, command
from tests.support.outbox import note
from tests.support.receiver import Reply, receiving

NOW = datetime(2025, 9, 18, 6, tzinfo=UTC)
CONFIG = """
[channels.log]
type = "file"
path = "alerts.jsonl"
fallback = ["desk"]

[channels.desk]
type = "file"
path = "desk.jsonl"

[channels.hook]
type = "webhook"
url = "{url}"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
allow_private = true

[[subscriptions]]
channel = "log"

[[subscriptions]]
channel = "desk"
changes = false
faults = true
language = "fr"
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clausewatch.toml").write_text(CONFIG.format(url="http://127.0.0.1:9/"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clausewatch.toml"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return command(monkeypatch, capsys)


def put(path: Path, *more: Message) -> str:
    """Put an alert for "log" into the outbox; its id."""
    config = load(path)
    (message,) = messages(changes.change(), [Subscription(channel="log")], NOW)
    with wiring.archive(config) as archive:
        wiring.outbox(config, archive).add([message, *more], NOW)
    return message.id


def deliver(path: Path, now: datetime = NOW) -> None:
    config = load(path)
    with wiring.archive(config) as archive:
        wiring.deliver(config, archive, now=lambda: now)


def lines(path: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (path.parent / name).read_text().splitlines()]


def test_an_alert_is_listed_and_shown_with_what_came_of_it(path: Path, run: Command) -> None:
    alert = put(path)
    listed = run("alerts", "list")
    assert "2025-09-18 06:00  Platform · Privacy Policy · AI training introduced, from 3 No…" in listed.out
    assert f"  {alert}  log: waiting" in listed.out.splitlines()
    assert "Alerts: 1 waiting." in listed.out
    deliver(path)
    shown = run("alerts", "show", alert)
    assert "log      delivered  1         delivered 2025-09-18 06:00 UTC" in shown.out
    assert "AI training introduced" in shown.out
    (data,) = run("alerts", "list", "--json").lines
    assert (data["id"], data["state"], data["delivered_at"]) == (alert, "delivered", "2025-09-18T06:00:00Z")


def test_no_line_is_longer_than_a_terminal(path: Path, run: Command) -> None:
    alert = put(path)
    for told in (run("alerts", "list"), run("alerts", "show", alert)):
        assert max(map(len, told.out.splitlines())) <= 80


def test_a_delivered_alert_can_be_retried_and_replayed_under_its_id(path: Path, run: Command) -> None:
    alert = put(path)
    deliver(path)
    assert run("alerts", "retry", alert).out.startswith("Due at once: 1 channel.")
    deliver(path, datetime.now(UTC) + timedelta(minutes=1))
    assert run("alerts", "replay", "log", "--since", "2025-09-01").out.startswith("Due at once: 1 alert.")
    assert run("alerts", "replay", "log", "--since", "2025-09-19").out.startswith("Due at once: 0 alerts.")
    deliver(path, datetime.now(UTC) + timedelta(minutes=1))
    assert [line["id"] for line in lines(path, "alerts.jsonl")] == [alert] * 3


def test_a_disabled_channel_holds_its_alerts_until_it_is_enabled(path: Path, run: Command) -> None:
    put(path)
    assert "log: disabled" in run("alerts", "disable", "log", "--reason", "holidays").out
    deliver(path)
    listed = run("alerts", "list")
    assert "log: disabled since" in listed.out
    assert "holidays" in listed.out
    assert not (path.parent / "alerts.jsonl").exists()
    assert "log: enabled; 1 alert due." in run("alerts", "enable", "log").out


def test_the_owner_of_a_channel_that_is_gone_is_told_on_another(path: Path) -> None:
    with receiving(Reply(410)) as receiver:
        path.write_text(CONFIG.format(url=receiver.url), encoding="utf-8")
        put(path, note("a", channel="hook"), note("b", channel="hook", due_at=NOW + timedelta(days=1)))
        deliver(path)
        deliver(path, NOW + timedelta(minutes=1))
    (told,) = lines(path, "desk.jsonl")
    assert told["type"] == "channel.disabled"
    assert told["reader_language"] == "fr"
    data = told["data"]
    assert isinstance(data, dict)
    assert (data["channel"], data["held"]) == ("hook", 2)
    assert data["reason"] == "127.0.0.1 answered 410; enable the channel when it is back"


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("show", "evt_x"), 1, "clausewatch: evt_x: no alert has that id; list them: clausewatch alerts list"),
        (("enable", "nope"), 1, "clausewatch: channel nope: is not configured; known channels: log, desk, hook"),
        (
            ("replay", "log", "--since", "then"),
            2,
            "clausewatch: --since: 'then' is no date; write it as 2025-11-04 or 2025-11-04T12:30",
        ),
    ],
)
def test_what_is_asked_wrongly_is_told_in_a_line(
    path: Path, run: Command, arguments: tuple[str, ...], code: int, error: str
) -> None:
    put(path)
    ran = run("alerts", *arguments)
    assert (ran.code, ran.err.strip()) == (code, error)


def test_without_an_archive_there_is_nothing_to_list(path: Path, run: Command) -> None:
    ran = run("alerts", "list")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
