"""Faults on purpose, counted: alerts made, received, received twice with the same id, lost. Lost is zero."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest

from alerts.channels.channel import Channel
from alerts.channels.email import EmailChannel
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import LEASE_SECONDS, deliver_due
from alerts.delivery import State
from alerts.outbox import Outbox
from tests.support.mailbox import free_port, mailbox
from tests.support.outbox import DAY, HOUR, NOW, SECOND, new_outbox, note
from tests.support.receiver import DROP, Reply, receiving

ROOT = Path(__file__).parents[2]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def hook(url: str) -> WebhookChannel:
    return WebhookChannel("hook", url, lambda: [SECRET], allow_private=True, timeout=5)


def mail(port: int) -> EmailChannel:
    return EmailChannel(
        "mail", host="127.0.0.1", port=port, security="none", sender="watch@w.example", to="ana@x.example"
    )


def run_until(outbox: Outbox, channels: Mapping[str, Channel], now: datetime, end: datetime) -> datetime:
    """Deliver whenever something is due, as the daemon does, with the clock passed in."""
    while now < end:
        deliver_due(outbox, channels, lambda: now, "worker")  # noqa: B023 - called before `now` moves on
        now = max(min(outbox.next_due() or end, end), now + SECOND)
    return now


def counted(ids: list[str], made: int) -> dict[str, int]:
    received = Counter(ids)
    return {
        "made": made,
        "received": len(received),
        "doubled": sum(1 for times in received.values() if times > 1),
        "lost": made - len(received),
    }


@pytest.mark.parametrize(("step", "doubled"), [("before", 0), ("after", 1)])
def test_a_deliverer_killed_in_the_middle_loses_nothing(tmp_path: Path, step: str, doubled: int) -> None:
    outbox = new_outbox(tmp_path)
    outbox.add([note(str(number)) for number in range(5)], NOW)
    with receiving() as receiver:
        command = [sys.executable, "-m", "tests.support.killed", str(tmp_path / "archive.db"), receiver.url, step]
        killed = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        assert killed.returncode == -signal.SIGKILL
        soon = NOW + SECOND
        assert deliver_due(outbox, {"hook": hook(receiver.url)}, lambda: soon, "next").delivered == 0
        assert outbox.waiting() > 0
        later = NOW + LEASE_SECONDS * SECOND
        deliver_due(outbox, {"hook": hook(receiver.url)}, lambda: later, "next")
        # Others that were on their way at the kill may come twice as well; what was to come once still may.
        result = counted(receiver.ids(), made=5)
    assert (result["received"], result["lost"]) == (5, 0)
    assert receiver.ids().count("evt_1") == 1 + doubled
    assert outbox.counts() == {State.DELIVERED: 5}


@pytest.mark.parametrize(
    "replies",
    [
        [Reply(500)] * 3,
        [Reply(429, {"retry-after": "3600"})] * 2,
        [Reply(302, {"location": "/elsewhere"})] * 2,
        [DROP] * 3,
        [Reply(503), DROP, Reply(404), Reply(500)],
    ],
    ids=["500", "429", "302", "dropped after reading", "a bit of everything"],
)
def test_a_receiver_that_misbehaves_for_a_while_gets_everything(tmp_path: Path, replies: list[Reply]) -> None:
    outbox = new_outbox(tmp_path)
    outbox.add([note(str(number)) for number in range(10)], NOW)
    with receiving(*replies) as receiver:
        run_until(outbox, {"hook": hook(receiver.url)}, NOW, NOW + 2 * DAY)
        refused = len(replies)
        assert len(receiver.ids()) == 10 + refused
    assert counted(receiver.ids(), made=10)["lost"] == 0
    assert outbox.counts() == {State.DELIVERED: 10}


def week(outbox: Outbox, channels: Mapping[str, Channel], names: list[str]) -> int:
    """A week of three alerts a day to each channel, delivered as they come. Says how many alerts were made."""
    now = NOW
    for number in range(21):
        outbox.add([note(f"{number}", channel=name, due_at=now) for name in names], now)
        now = run_until(outbox, channels, now, NOW + (number + 1) * 8 * HOUR)
    return 21


def test_receivers_that_are_down_for_a_week_get_everything_once_they_are_enabled(tmp_path: Path) -> None:
    outbox, ports = new_outbox(tmp_path), (free_port(), free_port())
    with ExitStack() as stack:
        other = stack.enter_context(receiving())
        channels: dict[str, Channel] = {
            "hook": hook(f"http://127.0.0.1:{ports[0]}/"),
            "mail": mail(ports[1]),
            "other": hook(other.url),
        }
        made = week(outbox, channels, list(channels))
        assert sorted(other.ids()) == sorted(f"evt_{number}" for number in range(made))
        assert outbox.counts() == {State.DELIVERED: made, State.HELD: 2 * made}
        assert [endpoint.channel for endpoint in outbox.endpoints() if endpoint.disabled_at] == ["hook", "mail"]
        box, _ = stack.enter_context(mailbox(port=ports[1]))
        back = stack.enter_context(receiving())
        channels["hook"] = hook(back.url)
        end = NOW + 8 * DAY
        for name in ("hook", "mail"):
            assert outbox.enable(name, end) == made
        run_until(outbox, channels, end, end + DAY)
    assert outbox.counts() == {State.DELIVERED: 3 * made}
    for ids in (back.ids(), [mail["Message-ID"].split(".")[0].strip("<") for mail in box.mails]):
        assert counted(ids, made) == {"made": made, "received": made, "doubled": 0, "lost": 0}


def test_receivers_that_are_down_for_two_days_get_everything_by_themselves(tmp_path: Path) -> None:
    outbox, port = new_outbox(tmp_path), free_port()
    channels: dict[str, Channel] = {"mail": mail(port)}
    outbox.add([note(str(number), channel="mail") for number in range(20)], NOW)
    run_until(outbox, channels, NOW, NOW + 2 * DAY)
    assert outbox.counts() == {State.WAITING: 20}
    with mailbox(port=port) as (box, _):
        run_until(outbox, channels, NOW + 2 * DAY, NOW + 4 * DAY)
    assert len(box.mails) == 20
    assert outbox.counts() == {State.DELIVERED: 20}
