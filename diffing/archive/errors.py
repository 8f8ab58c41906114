"""What the archive raises on purpose, and how SQLite's errors become it."""

import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from data.errors import ClausewatchError


class ArchiveReason(StrEnum):
    """Why the archive refused or failed."""

    NEWER = "newer"
    NOT_AN_ARCHIVE = "not_an_archive"
    LOCKED = "locked"
    FULL_DISK = "full_disk"
    WRITE_FAILED = "write_failed"
    DAMAGED = "damaged"
    SUPERSEDED = "superseded"
    BACKWARDS = "backwards"
    ALREADY_THERE = "already_there"
    EMPTY_QUESTION = "empty_question"


class ArchiveError(ClausewatchError):
    """The branch of all errors of the archive. A write that raised one has left nothing behind."""


class NewerArchive(ArchiveError):  # noqa: N818 - named for what was met
    """A newer Clausewatch wrote this file; it was not touched."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.NEWER


class NotAnArchive(ArchiveError):  # noqa: N818
    """The file is something else; it was not touched."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.NOT_AN_ARCHIVE


class LockedArchive(ArchiveError):  # noqa: N818
    """Another process kept writing for longer than we wait."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.LOCKED


class FullDisk(ArchiveError):  # noqa: N818
    """No room for what was to be stored."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.FULL_DISK


class WriteFailed(ArchiveError):  # noqa: N818
    """The file cannot be opened, read or written."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.WRITE_FAILED


class DamagedArchive(ArchiveError):  # noqa: N818
    """What was read back is not what was written."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.DAMAGED


class Superseded(ArchiveError):  # noqa: N818
    """Another writer recorded a version in between: judge again against the current one."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.SUPERSEDED


class Backwards(ArchiveError):  # noqa: N818
    """A version is dated before the one it is said to follow."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.BACKWARDS


class AlreadyThere(ArchiveError):  # noqa: N818
    """A file that would have to be overwritten; it was not touched."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.ALREADY_THERE


class EmptyQuestion(ArchiveError):  # noqa: N818
    """A search names no word to look for."""

    reason: ClassVar[ArchiveReason] = ArchiveReason.EMPTY_QUESTION


_TRANSLATED: dict[int, tuple[type[ArchiveError], str, str]] = {
    sqlite3.SQLITE_BUSY: (
        LockedArchive,
        "another process is writing to the archive",
        "wait for it to end and run this again",
    ),
    sqlite3.SQLITE_LOCKED: (
        LockedArchive,
        "another part of this program is using the archive",
        "wait for it to end and run this again",
    ),
    sqlite3.SQLITE_FULL: (
        FullDisk,
        "no room left to write",
        "free some space and run this again; nothing stored so far is lost",
    ),
    sqlite3.SQLITE_IOERR: (
        WriteFailed,
        "the disk failed to read or write",
        "check the disk and run this again; nothing stored so far is lost",
    ),
    sqlite3.SQLITE_READONLY: (WriteFailed, "the file is read-only", "make it and its folder writable"),
    sqlite3.SQLITE_PERM: (WriteFailed, "access is denied", "make the file and its folder writable"),
    sqlite3.SQLITE_CANTOPEN: (
        WriteFailed,
        "the file cannot be opened",
        "create its folder and make both readable and writable",
    ),
    sqlite3.SQLITE_CORRUPT: (DamagedArchive, "the file is damaged", "restore a backup"),
    sqlite3.SQLITE_NOTADB: (NotAnArchive, "this is not a Clausewatch archive", "name another file"),
}


def translated(error: sqlite3.Error, path: Path) -> ArchiveError | None:
    """The error a reader can act on; None for one that is our own mistake. Goes by SQLite's code, never by its text."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or (code & 0xFF) not in _TRANSLATED:
        return None
    kind, what, todo = _TRANSLATED[code & 0xFF]
    return kind(str(path), what, todo)
