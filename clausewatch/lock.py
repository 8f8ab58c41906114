"""Lock: one daemon an archive, and who it is."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from clausewatch.errors import HeldError
from diffing.archive.errors import WriteFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that runs on an archive. since: when it started; aware, UTC."""

    pid: int
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid}, since {self.since:%Y-%m-%d %H:%M} UTC"


def path_of(archive: Path) -> Path:
    """The lock's file, beside the archive."""
    return archive.with_name(archive.name + ".lock")


@contextmanager
def held(archive: Path, now: datetime) -> Iterator[None]:
    """Hold the archive's lock; HeldError names the process that has it already.

    The lock is the operating system's: it goes with the process, however that ends, so no lock is ever left behind.
    The file only says who has it. Commands typed beside the daemon need no lock: their writes are transactions.
    """
    path = path_of(archive)
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise WriteFailed(str(path), f"cannot be written ({error.strerror})", "make its folder writable") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            who = _read(file)
            what = f"a daemon runs on this archive already ({who or 'it does not say which'})"
            raise HeldError(str(archive), what, "stop that one first, or name another archive") from error
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "since": now.isoformat()}))
        file.flush()
        yield
        file.truncate(0)


def holder(archive: Path) -> Holder | None:
    """The daemon that runs on an archive; None when none does."""
    try:
        with path_of(archive).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _read(file)
    except FileNotFoundError:
        pass
    return None


def _read(file: IO[str]) -> Holder | None:
    file.seek(0)
    try:
        told = json.loads(file.read())
        return Holder(pid=int(told["pid"]), since=datetime.fromisoformat(told["since"]))
    except (ValueError, KeyError, TypeError):
        return None  # it has just been taken, and nothing is written yet
