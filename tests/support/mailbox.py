"""An SMTP server on loopback that answers as it is told, and keeps what it was sent."""

import socket
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """refuse: by step ("rcpt", "data"), the replies to give first, in order. unknown: recipients refused for good.

    A reply "drop" to "data" keeps the mail and ends the connection without a word.
    """

    def __init__(self, refuse: Mapping[str, list[str]] | None = None, unknown: Collection[str] = ()) -> None:
        self.unknown = frozenset(unknown)
        self.refuse = {step: list(replies) for step, replies in (refuse or {}).items()}
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []

    def ids(self) -> list[str]:
        """Ids of the events the mails tell."""
        return [mail["Message-ID"].split(".")[0].strip("<") for mail in self.mails]

    def _reply(self, step: str) -> str | None:
        replies = self.refuse.get(step)
        return replies.pop(0) if replies else None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return "550 no such user"
        if reply := self._reply("rcpt"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if (reply := self._reply("data")) and reply != "drop":
            return reply
        if reply == "drop":
            server.transport.abort()
        self.raw.append(envelope.content)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def mailbox(
    refuse: Mapping[str, list[str]] | None = None, port: int = 0, unknown: Collection[str] = (), **options: Any
) -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox(refuse, unknown)
    port = port or free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()
