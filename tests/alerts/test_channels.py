"""The contract of every channel, whatever it sends through."""

import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels.apprise import AppriseChannel
from alerts.channels.channel import Channel
from alerts.channels.chat import ChatChannel, Payload
from alerts.channels.command import CommandChannel
from alerts.channels.console import ConsoleChannel
from alerts.channels.discord import discord_message
from alerts.channels.email import EmailChannel
from alerts.channels.file import FileChannel
from alerts.channels.mattermost import mattermost_message
from alerts.channels.slack import slack_message
from alerts.channels.teams import teams_message
from alerts.channels.webhook import WebhookChannel
from alerts.errors import BadChannel, Gone, Refused, Unreachable
from alerts.event import disabled_event, recovered_event, trial_event, unreachable_event
from alerts.note import Note
from diffing.fault import Fault, FaultReason
from diffing.version import Document
from tests.support import changes
from tests.support.deliveries import change_delivery, delivery_of, digest_delivery
from tests.support.mailbox import free_port, mailbox
from tests.support.outbox import NOW
from tests.support.receiver import Reply, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FAULT = Fault(reason=FaultReason.BLOCKED, where="https://platform.example/", what="a block page", todo="wait")
PLACE = Document(service="Platform", terms="Privacy Policy")
EVENTS = (
    delivery_of(trial_event("c", NOW)),
    change_delivery(changes.change()),
    change_delivery(changes.change(flags=(), facts=()), "fr"),
    delivery_of(unreachable_event(PLACE, FAULT, url="https://platform.example/", since=NOW, at=NOW)),
    delivery_of(recovered_event(PLACE, url="https://platform.example/", since=NOW, at=NOW + timedelta(days=1))),
    delivery_of(disabled_event("hook", "it answered 410", failing_since=None, held=2, at=NOW)),
    digest_delivery(3),
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


def chat(stack: ExitStack, form: Callable[[Note], Payload]) -> Case:
    receiver = stack.enter_context(receiving())
    return Case(
        ChatChannel("c", f"{receiver.url}/path-token", form, allow_private=True),
        lambda: [request.body.decode() for request in receiver.received],
        ChatChannel("c", f"http://127.0.0.1:{free_port()}/path-token", form, allow_private=True),
        ("path-token",),
    )


def slack(stack: ExitStack, folder: Path) -> Case:
    return chat(stack, slack_message)


def discord(stack: ExitStack, folder: Path) -> Case:
    return chat(stack, discord_message)


def teams(stack: ExitStack, folder: Path) -> Case:
    return chat(stack, teams_message)


def mattermost(stack: ExitStack, folder: Path) -> Case:
    return chat(stack, mattermost_message)


def apprise(stack: ExitStack, folder: Path) -> Case:
    receiver = stack.enter_context(receiving(then=Reply(200)))
    address = "ntfy://:ntfy-token@127.0.0.1:{}/topic?auth=token&mode=private"
    return Case(
        AppriseChannel("c", address.format(receiver.port), allow_private=True),
        lambda: [request.body.decode() for request in receiver.received],
        AppriseChannel("c", address.format(free_port()), allow_private=True),
        ("ntfy-token",),
    )


def command(stack: ExitStack, folder: Path) -> Case:
    taken = folder / "taken.jsonl"
    return Case(
        CommandChannel("c", ["/bin/sh", "-c", 'cat >> "$0"', str(taken)], environment=os.environ),
        lambda: taken.read_text().splitlines() if taken.exists() else [],
        CommandChannel("c", ["/bin/sh", "-c", "exit 75"], environment=os.environ),
    )


CHANNELS = (webhook, email, slack, discord, teams, mattermost, apprise, command, file, console)


@pytest.fixture(params=CHANNELS, ids=lambda make: make.__name__)
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


@pytest.mark.parametrize("form", [slack_message, discord_message, teams_message, mattermost_message])
@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(429, {"retry-after": "30"}), Unreachable),
        (Reply(500), Refused),
        (Reply(302, {"location": "https://elsewhere.example/"}), Refused),
        (Reply(404), Gone),
        (Reply(410), Gone),
    ],
    ids=lambda one: str(one.status) if isinstance(one, Reply) else "",
)
def test_a_chat_service_that_refuses_is_understood(
    form: Callable[[Note], Payload], reply: Reply, error: type[Exception]
) -> None:
    with receiving(reply) as receiver, pytest.raises(error) as caught:
        ChatChannel("c", f"{receiver.url}/path-token", form, allow_private=True).send(EVENTS[1], NOW)
    assert "path-token" not in str(caught.value)
    if isinstance(caught.value, Unreachable):
        assert caught.value.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]"])
def test_no_channel_reaches_a_private_address_that_the_config_does_not_allow(host: str) -> None:
    with pytest.raises(BadChannel):
        ChatChannel("c", f"http://{host}:8080/hook", slack_message)
    with pytest.raises(BadChannel):
        WebhookChannel("c", f"http://{host}:8080/hook", lambda: [SECRET])
    with pytest.raises(BadChannel):
        AppriseChannel("c", f"json://{host}:8080/hook").send(EVENTS[0], NOW)


def test_a_command_that_is_missing_fails_or_hangs_is_told_apart() -> None:
    def run(*command: str) -> None:
        CommandChannel("c", command, environment={}, timeout=0.2).send(EVENTS[0], NOW)

    with pytest.raises(BadChannel, match="its command cannot be run"):
        run("/nowhere/program")
    with pytest.raises(Refused, match="ended with exit code 3"):
        run("/bin/sh", "-c", "exit 3")
    with pytest.raises(Refused, match="ended by signal 9"):
        run("/bin/sh", "-c", "kill -9 $$")
    with pytest.raises(Unreachable, match="did not end in time"):
        run("/bin/sh", "-c", "sleep 30 & sleep 30")


def test_a_command_reads_its_alert_unless_it_does_not_care_and_sees_no_secret_of_ours(tmp_path: Path) -> None:
    shown = tmp_path / "environment"
    ours = {"PATH": os.environ["PATH"], "HOOK_SECRET": "hush"}
    CommandChannel("c", ["/bin/sh", "-c", 'env > "$0"', str(shown)], environment=ours).send(EVENTS[1], NOW)
    assert "hush" not in shown.read_text()


def test_an_address_apprise_does_not_know_is_told_without_showing_it() -> None:
    with pytest.raises(BadChannel) as caught:
        AppriseChannel("c", "nosuch://token@host")
    assert "token" not in str(caught.value)
