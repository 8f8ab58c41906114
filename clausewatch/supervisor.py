"""Supervisor: tells systemd that the daemon is ready, alive or stopping, where systemd started it.

The protocol is one datagram of KEY=VALUE lines to the socket named by NOTIFY_SOCKET; see sd_notify(3).
"""

import os
import socket
from collections.abc import Mapping


class Supervisor:
    """Whoever started us and wants to be told. Without one, telling does nothing."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        name = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + name[1:] if name.startswith("@") else name

    def ready(self, status: str) -> None:
        """The start, or a reload, is over."""
        self._tell(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        """Wind the watchdog up: a daemon that hangs stops saying this, and is started again."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """The end has begun."""
        self._tell("STOPPING=1")

    def _tell(self, message: str) -> None:
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
            told.connect(self._address)
            told.sendall(message.encode())
