"""Backup: a copy of the archive taken while it is in use, and the way back."""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from diffing.archive.errors import AlreadyThere, WriteFailed, translated
from diffing.archive.sound import examine

PAGES = 1024
"""Pages copied at a time: 4 MB, then whoever waits to write has a turn."""

PAUSE_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A copy that was checked. size: in bytes. versions: how many it holds."""

    path: Path
    size: int
    versions: int


def backup(source: sqlite3.Connection, target: Path) -> Copied:
    """Copy an open archive to a new file, by SQLite's online backup; writers go on meanwhile.

    The copy is checked from its first to its last page before it gets its name, so a file of that name is a whole
    backup. Raises AlreadyThere when there is one, FullDisk and WriteFailed when it cannot be written, DamagedArchive
    when the copy, and so the archive, is not sound.
    """
    return _copied(source, target)


def restore(backup: Path, target: Path) -> Copied:
    """Make a backup the archive at `target`. An archive that is there is never overwritten: AlreadyThere.

    What is no archive, is damaged or was written by a newer Clausewatch is refused before anything is written, with
    NotAnArchive, DamagedArchive or NewerArchive. Only `target` and, until it is whole, `target.part` are written; the
    copy is as large as the backup.
    """
    examine(backup)
    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source:
        return _copied(source, target)


def _copied(source: sqlite3.Connection, target: Path) -> Copied:
    _refuse(target)
    part = target.with_name(target.name + ".part")
    try:
        _copy(source, part)
        versions = examine(part)
        _name(part, target)
    except FileExistsError as error:
        raise _there(target) from error
    except sqlite3.Error as error:
        raise translated(error, target) or error from error
    except OSError as error:
        raise WriteFailed(str(target), f"cannot be written ({error.strerror})", "name another place") from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return Copied(path=target, size=target.stat().st_size, versions=versions)


def _copy(source: sqlite3.Connection, part: Path) -> None:
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        source.backup(copy, pages=PAGES, sleep=PAUSE_SECONDS)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, whole in itself
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _name(part: Path, target: Path) -> None:
    """Give a whole copy its name. A link, unlike a rename, fails where somebody was faster."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        _refuse(target)
        part.rename(target)


def _refuse(target: Path) -> None:
    if target.exists():  # "." or "/" has no name to put anything behind
        raise _there(target)
    log = target.with_name(target.name + "-wal")
    if log.exists():
        raise _there(log)


def _there(path: Path) -> AlreadyThere:
    return AlreadyThere(str(path), "is there already", "name another file, or move it away first")
