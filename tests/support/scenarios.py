"""Faults on purpose, counted: python -m tests.support.scenarios prints the table.

Each scenario makes alerts, lets something go wrong with real local servers or kills the process, and goes on until
nothing moves any more, with the clock passed in.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from alerts.channels.channel import Channel
from alerts.channels.email import EmailChannel
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import LEASE_SECONDS, deliver_due
from alerts.delivery import State
from alerts.outbox import Outbox
from tests.support.mailbox import free_port, mailbox
from tests.support.outbox import DAY, HOUR, NOW, SECOND, new_outbox, note
from tests.support.receiver import DRIP, DROP, HANG, Receiver, Reply, receiving

ROOT = Path(__file__).parents[2]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
IMPATIENT = 0.4
"""Seconds until a hanging server is given up, here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What came of a scenario. received: alerts that arrived at least once. twice: under the same id more than once.

    kept: not received, and still in the outbox for all to see: given up or held. lost: neither.
    """

    made: int
    received: int
    twice: int
    kept: int

    @property
    def lost(self) -> int:
        return self.made - self.received - self.kept


def counted(outbox: Outbox, received: list[str], made: int) -> Counted:
    """received: "id" of each arrival, or "id channel" where alerts went to several."""
    arrived = Counter(received)
    states = {State.WAITING, State.HELD, State.FAILED, State.GATHERED}
    rows = [one for one in outbox.list(limit=100_000) if one.state in states]
    kept = [one for one in rows if one.id not in arrived and f"{one.id} {one.channel}" not in arrived]
    twice = sum(1 for times in arrived.values() if times > 1)
    return Counted(made=made, received=len(arrived), twice=twice, kept=len(kept))


def hook(url: str, timeout: float = 5) -> WebhookChannel:
    return WebhookChannel("hook", url, lambda: [SECRET], allow_private=True, timeout=timeout)


def mail(port: int, to: str = "ana@x.example", timeout: float = 5) -> EmailChannel:
    return EmailChannel(
        "mail", host="127.0.0.1", port=port, security="none", sender="watch@w.example", to=to, timeout=timeout
    )


def run_until(outbox: Outbox, channels: Mapping[str, Channel], now: datetime, end: datetime) -> datetime:
    """Deliver whenever something is due, as the daemon does, with the clock passed in."""
    while now < end:
        deliver_due(outbox, channels, lambda: now, "worker")  # noqa: B023 - called before `now` moves on
        now = max(min(outbox.next_due() or end, end), now + SECOND)
    return now


def told(receiver: Receiver) -> list[str]:
    """Ids of the alerts that arrived, alone or in a digest."""
    found = []
    for request in receiver.received:
        data = json.loads(request.body)["data"]
        found += [item["id"] for item in data["items"]] if "items" in data else [request.headers["webhook-id"]]
    return found


def answers(*replies: Reply, timeout: float = 5) -> Callable[[Path], Counted]:
    """A receiver that answers so at first; what it read before it failed counts as received."""

    def scenario(folder: Path) -> Counted:
        outbox = new_outbox(folder)
        outbox.add([note(str(number)) for number in range(10)], NOW)
        with receiving(*replies) as receiver:
            channels = {"hook": hook(receiver.url, timeout)}
            now = run_until(outbox, channels, NOW, NOW + 2 * DAY)
            outbox.enable("hook", now)
            run_until(outbox, channels, now, now + 2 * DAY)
        return counted(outbox, told(receiver), 10)

    return scenario


def web_server_down(length_days: int) -> Callable[[Path], Counted]:
    """Nobody listens for so long; alerts go on coming; then it is enabled if it had been disabled."""

    def scenario(folder: Path) -> Counted:
        outbox, now = new_outbox(folder), NOW
        down: dict[str, Channel] = {"hook": hook(f"http://127.0.0.1:{free_port()}/")}
        for number in range(3 * length_days):
            outbox.add([note(str(number), due_at=now)], now)
            now = run_until(outbox, down, now, NOW + (number + 1) * 8 * HOUR)
        with receiving() as receiver:
            if any(endpoint.disabled_at for endpoint in outbox.endpoints()):
                outbox.enable("hook", now)
            run_until(outbox, {"hook": hook(receiver.url)}, now, now + 2 * DAY)
        return counted(outbox, told(receiver), 3 * length_days)

    return scenario


def mail_server_down(length_days: int) -> Callable[[Path], Counted]:
    def scenario(folder: Path) -> Counted:
        outbox, now, port = new_outbox(folder), NOW, free_port()
        channels: dict[str, Channel] = {"mail": mail(port)}
        for number in range(3 * length_days):
            outbox.add([note(str(number), channel="mail", due_at=now)], now)
            now = run_until(outbox, channels, now, NOW + (number + 1) * 8 * HOUR)
        with mailbox(port=port) as (box, _):
            if any(endpoint.disabled_at for endpoint in outbox.endpoints()):
                outbox.enable("mail", now)
            run_until(outbox, channels, now, now + 2 * DAY)
        return counted(outbox, box.ids(), 3 * length_days)

    return scenario


def mail_server_says(step: str, *replies: str) -> Callable[[Path], Counted]:
    def scenario(folder: Path) -> Counted:
        outbox = new_outbox(folder)
        outbox.add([note(str(number), channel="mail") for number in range(10)], NOW)
        with mailbox({step: list(replies)}) as (box, port):
            run_until(outbox, {"mail": mail(port)}, NOW, NOW + 2 * DAY)
        return counted(outbox, box.ids(), 10)

    return scenario


def mail_server_hangs(folder: Path) -> Counted:
    outbox = new_outbox(folder)
    outbox.add([note(str(number), channel="mail") for number in range(10)], NOW)
    with silent() as port:
        now = run_until(outbox, {"mail": mail(port, timeout=IMPATIENT)}, NOW, NOW + HOUR)
    with mailbox() as (box, port):
        run_until(outbox, {"mail": mail(port)}, now, now + 2 * DAY)
    return counted(outbox, box.ids(), 10)


def half_the_recipients(folder: Path) -> Counted:
    """One of two recipients is refused for good: the other has all, and what is for the first is kept."""
    outbox, names = new_outbox(folder), ("ana@x.example", "gone@x.example")
    outbox.add([note(str(number), channel=f"mail/{name}") for number in range(10) for name in names], NOW)
    with mailbox(unknown=[names[1]]) as (box, port):
        channels = {f"mail/{name}": mail(port, name) for name in names}
        run_until(outbox, channels, NOW, NOW + 5 * DAY)
    received = [f"{name} mail/{to[0]}" for name, to in zip(box.ids(), box.recipients, strict=True)]
    return counted(outbox, received, 20)


def killed(step: str) -> Callable[[Path], Counted]:
    """The process is killed at that step; another goes on when the lease has run out."""

    def scenario(folder: Path) -> Counted:
        outbox = new_outbox(folder)
        digest = step.startswith("digest")
        messages = [replace(note(str(number)), digest="daily" if digest else "") for number in range(10)]
        outbox.add(messages, NOW)
        with receiving() as receiver:
            command = [sys.executable, "-m", "tests.support.killed", str(folder / "archive.db"), receiver.url, step]
            done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
            if done.returncode != -9:
                raise AssertionError(f"it was to be killed, and ended with {done.returncode}")
            later = NOW + DAY + LEASE_SECONDS * SECOND
            run_until(outbox, {"hook": hook(receiver.url)}, later, later + DAY)
        return counted(outbox, told(receiver), 10)

    return scenario


@contextmanager
def silent() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield listening.getsockname()[1]


SCENARIOS: Mapping[str, tuple[Callable[[Path], Counted], tuple[int, ...]]] = {
    "HTTP: 500 three times": (answers(*[Reply(500)] * 3), (0, 3)),
    "HTTP: 429, an hour each": (answers(*[Reply(429, {"retry-after": "3600"})] * 2), (0, 2)),
    "HTTP: 302 twice": (answers(*[Reply(302, {"location": "/elsewhere"})] * 2), (0, 2)),
    "HTTP: 410, then enabled": (answers(Reply(410)), (0, 4)),
    "HTTP: drops after reading": (answers(*[DROP] * 3), (1, 3)),
    "HTTP: hangs twice": (answers(HANG, HANG, timeout=IMPATIENT), (1, 2)),
    "HTTP: a byte now and then": (answers(DRIP, timeout=IMPATIENT), (1, 1)),
    "HTTP: a bit of everything": (answers(Reply(503), DROP, Reply(404), Reply(500)), (1, 4)),
    "HTTP: refuses for two days": (web_server_down(2), (0, 0)),
    "HTTP: down for a week": (web_server_down(7), (0, 0)),
    "SMTP: refuses for two days": (mail_server_down(2), (0, 0)),
    "SMTP: down for a week": (mail_server_down(7), (0, 0)),
    "SMTP: says nothing for an hour": (mail_server_hangs, (0, 0)),
    "SMTP: greylists": (mail_server_says("rcpt", *["451 later"] * 3), (0, 0)),
    "SMTP: 421, closing": (mail_server_says("data", "421 closing"), (0, 0)),
    "SMTP: drops after the mail": (mail_server_says("data", "drop", "drop"), (1, 2)),
    "SMTP: half the recipients": (half_the_recipients, (0, 0)),
    "killed before sending": (killed("before"), (0, 4)),
    "killed after sending": (killed("after"), (1, 4)),
    "killed while making a digest": (killed("digest"), (0, 0)),
    "killed before sending a digest": (killed("digested"), (0, 0)),
}
"""Each scenario, and the least and the most alerts that may arrive twice. An alert that was refused after it had been
read has arrived, and arrives again."""


def table() -> str:
    """The whole table, as it stands in a note."""
    lines = [f"{'':34}{'made':>6}{'received':>10}{'twice':>7}{'kept':>6}{'lost':>6}"]
    for name, (scenario, _) in SCENARIOS.items():
        with tempfile.TemporaryDirectory() as folder:
            found = scenario(Path(folder))
        row = f"{found.made:>6}{found.received:>10}{found.twice:>7}{found.kept:>6}{found.lost:>6}"
        lines.append(f"{name:34}{row}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201 - this is its output
