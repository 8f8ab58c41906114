"""The command channel: runs a program for each alert, without a shell, and believes its exit code."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from alerts.channels.channel import Receipt
from alerts.delivery import Delivery
from alerts.errors import BadChannel, Refused, Unreachable

TIMEOUT: Final = 60.0
"""Seconds until the program and all it started are killed."""
TRY_LATER: Final = 75
"""Exit code for "not now" (EX_TEMPFAIL of sysexits.h): the channel's other alerts wait too."""
PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "USER")
"""What of our environment the program sees; the rest may hold secrets."""


class CommandChannel:
    """Gives the event, with its id before it, to a program as one line of JSON on standard input.

    command: the program and its arguments; nothing of an alert is ever an argument. environment: ours.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str], timeout: float = TIMEOUT
    ) -> None:
        self._where = f"channel {name}"
        self._command = tuple(command)
        self._environment = {key: environment[key] for key in PASSED_ON if key in environment}
        self._timeout = timeout

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Run the program and wait. Exit code 0 means taken, 75 "not now", anything else refused."""
        line = json.dumps({"id": delivery.id, **json.loads(delivery.body)}, ensure_ascii=False) + "\n"
        code = self._run(line.encode("utf-8", "backslashreplace"))
        if code == TRY_LATER:
            raise Unreachable(self._where, f"its command asks to try later ({code})", "see its own log")
        if code:
            said = f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise Refused(self._where, f"its command {said}", "see its own log")
        return Receipt(detail="exit code 0")

    def _run(self, line: bytes) -> int:
        quiet = subprocess.DEVNULL
        try:
            process = subprocess.Popen(  # noqa: S603 - the configuration names it; no shell, nothing of the alert
                self._command,
                stdin=subprocess.PIPE,
                stdout=quiet,
                stderr=quiet,
                env=self._environment,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "not a command"
            raise BadChannel(self._where, f"its command cannot be run ({why})", "correct command") from error
        with process:
            try:
                process.communicate(line, timeout=self._timeout)
            except subprocess.TimeoutExpired as error:
                _kill(process)
                raise Unreachable(self._where, "its command did not end in time", "see its own log") from error
            except BaseException:
                _kill(process)
                raise
        return process.returncode


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started, which share a session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
