"""The file channel: a JSON line for each alert, on the disk when it is reported as delivered."""

import fcntl
import json
import os
import threading
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from alerts.channels.channel import Receipt
from alerts.delivery import Delivery
from alerts.errors import Unreachable

TAIL = 65_536
"""Bytes that are read from the end to find the last line; three times the longest body."""


class FileChannel:
    """Appends the event, with its id before it, to a file that is made when it is not there.

    A line that a power cut tore is removed before the next is written; it was never reported as delivered, so it comes
    again. Several processes may append to one file.
    """

    def __init__(self, name: str, path: Path) -> None:
        self._where = f"channel {name}"
        self._path = path
        self._lock = threading.Lock()

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Append one line and wait until the disk has it. Raises Unreachable when that fails."""
        line = json.dumps({"id": delivery.id, **json.loads(delivery.body)}, ensure_ascii=False) + "\n"
        try:
            with self._lock, open(self._path, "a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                _mend(file)
                file.write(line.encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            what = f"{self._path.name} cannot be written ({error.strerror})"
            raise Unreachable(self._where, what, "see its folder, its rights and the room left") from error
        return Receipt(detail=f"appended to {self._path.name}")


def _mend(file: BinaryIO) -> None:
    """End the last line: complete one gets its line break, a torn one is removed."""
    end = file.seek(0, os.SEEK_END)
    start = max(0, end - TAIL)
    file.seek(start)
    tail = file.read()
    if not tail or tail.endswith(b"\n"):
        return
    last = tail[tail.rfind(b"\n") + 1 :]
    try:
        json.loads(last)
    except ValueError:
        file.truncate(end - len(last))
    else:
        file.write(b"\n")
