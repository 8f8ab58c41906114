"""The contract of every channel, whatever it sends through."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels.channel import Channel
from alerts.channels.console import ConsoleChannel
from alerts.channels.email import EmailChannel
from alerts.channels.file import FileChannel
from alerts.channels.webhook import WebhookChannel
from alerts.errors import Unreachable
from alerts.event import recovered_event, trial_event, unreachable_event
from diffing.fault import Fault, FaultReason
from diffing.version import Document
from tests.support import changes
from tests.support.deliveries import change_delivery, delivery_of
from tests.support.mailbox import free_port, mailbox
from tests.support.outbox import NOW
from tests.support.receiver import receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FAULT = Fault(reason=FaultReason.BLOCKED, where="https://platform.example/", what="a block page", todo="wait")
PLACE = Document(service="Platform", terms="Privacy Policy")
EVENTS = (
    delivery_of(trial_event("c", NOW)),
    change_delivery(changes.change()),
    change_delivery(changes.change(flags=(), facts=()), "fr"),
    delivery_of(unreachable_event(PLACE, FAULT, url="https://platform.example/", since=NOW, at=NOW)),
    delivery_of(recovered_event(PLACE, url="https://platform.example/", since=NOW, at=NOW + timedelta(days=1))),
)


@dataclass(frozen=True)
class Case:
    """A channel that works, what it has delivered so far, and one of its kind whose receiver is down."""

    channel: Channel
    received: Callable[[], list[str]]
    down: Channel
    secrets: tuple[str, ...] = ()


def webhook(stack: ExitStack, folder: Path) -> Case:
    receiver = stack.enter_context(receiving())
    return Case(
        WebhookChannel("c", f"{receiver.url}/path-token", lambda: [SECRET], allow_private=True),
        lambda: [request.body.decode() for request in receiver.received],
        WebhookChannel("c", f"http://127.0.0.1:{free_port()}/path-token", lambda: [SECRET], allow_private=True),
        ("path-token", SECRET.removeprefix("whsec_")),
    )


def email(stack: ExitStack, folder: Path) -> Case:
    box, port = stack.enter_context(mailbox())

    def channel(port: int) -> EmailChannel:
        return EmailChannel(
            "c",
            host="127.0.0.1",
            port=port,
            security="none",
            sender="Watch <watch@w.example>",
            to="ana@x.example",
            password=lambda: "mail-password",
        )

    return Case(channel(port), lambda: [str(mail) for mail in box.mails], channel(free_port()), ("mail-password",))


def console(stack: ExitStack, folder: Path) -> Case:
    stream, closed = io.StringIO(), io.StringIO()
    closed.close()

    def received() -> list[str]:
        return [note for note in stream.getvalue().split("\n\n\n") if note.strip()]

    return Case(ConsoleChannel("c", stream), received, ConsoleChannel("c", closed))


def file(stack: ExitStack, folder: Path) -> Case:
    path = folder / "alerts.jsonl"
    missing = FileChannel("c", folder / "missing" / "alerts.jsonl")
    return Case(FileChannel("c", path), lambda: path.read_text().splitlines() if path.exists() else [], missing)


@pytest.fixture(params=[webhook, email, console, file], ids=lambda make: make.__name__)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    with ExitStack() as stack:
        yield request.param(stack, tmp_path)


def test_every_event_arrives_and_is_receipted(case: Case) -> None:
    for number, delivery in enumerate(EVENTS, start=1):
        assert case.channel.send(delivery, NOW).detail
        assert len(case.received()) == number


def test_the_same_delivery_sent_again_arrives_again_unchanged(case: Case) -> None:
    case.channel.send(EVENTS[0], NOW)
    case.channel.send(EVENTS[0], NOW)
    first, second = case.received()
    assert first.splitlines()[0] == second.splitlines()[0]


def test_a_receiver_that_is_down_makes_the_channel_unreachable_and_shows_no_secret(case: Case) -> None:
    with pytest.raises(Unreachable) as caught:
        case.down.send(EVENTS[1], NOW)
    assert str(caught.value).startswith("channel c: ")
    for secret in case.secrets:
        assert secret not in str(caught.value) + repr(case.down) + repr(case.channel)


def test_a_file_line_is_the_event_with_its_id(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    for delivery in EVENTS:
        FileChannel("c", path).send(delivery, NOW)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines == [{"id": delivery.id, **json.loads(delivery.body)} for delivery in EVENTS]


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        (b'{"id": "evt_1"}\n{"id": "ev', [{"id": "evt_1"}]),
        (b'{"id": "evt_1"}', [{"id": "evt_1"}]),
        (b'{"id": "evt_1', []),
        (b"", []),
    ],
)
def test_a_line_torn_by_a_power_cut_is_removed_and_a_whole_one_ended(
    tmp_path: Path, there: bytes, kept: list[dict[str, str]]
) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(there)
    FileChannel("c", path).send(EVENTS[0], NOW)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[:-1] == kept
    assert lines[-1]["id"] == EVENTS[0].id


def test_the_console_obeys_nothing_a_page_wrote() -> None:
    stream = io.StringIO()
    nasty = "\x1b]0;owned\x07\x1b[2Jwe \u202etrain\u202c\r models"
    change = changes.change(service=nasty, flags=[changes.flag(after=nasty, evidence="models")])
    ConsoleChannel("c", stream).send(change_delivery(change), NOW)
    told = stream.getvalue()
    assert not set(told) & set("\x1b\x07\r\u202e\u202c")
    assert "owned" not in told


def test_a_console_that_knows_only_ascii_still_tells() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    ConsoleChannel("c", stream).send(change_delivery(changes.change(), "fr"), NOW)
    assert b"Platform ? Privacy Policy" in raw.getvalue()
