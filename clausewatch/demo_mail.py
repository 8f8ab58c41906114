"""DemoMailbox: a mail server on loopback that keeps what it is given, so that the demo can show a mail as received."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class DemoMailbox:
    """Takes mail on a free port of 127.0.0.1, from entering to leaving the context."""

    def __init__(self) -> None:
        self._inbox = _Inbox()
        self._controller = _Controller(self._inbox, hostname=HOST, port=0)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def host(self) -> str:
        """Where it listens: 127.0.0.1."""
        return HOST

    @property
    def port(self) -> int:
        """The port it listens on; known once the context is entered."""
        return self._controller.port

    @property
    def mails(self) -> tuple[EmailMessage, ...]:
        """Every mail received so far, in order."""
        return self._inbox.mails


class _Inbox:
    """What aiosmtpd hands each mail to, in its own thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mails: list[EmailMessage] = []

    @property
    def mails(self) -> tuple[EmailMessage, ...]:
        with self._lock:
            return tuple(self._mails)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; the reply is what the sender is told."""
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=policy.default)
        with self._lock:
            self._mails.append(mail)
        return "250 kept"


class _Controller(Controller):
    """aiosmtpd's controller, told which port the system chose: left alone it connects to port 0 to test itself."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
