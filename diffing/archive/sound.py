"""Soundness: whether a file is a whole archive of ours."""

import sqlite3
from contextlib import closing
from pathlib import Path

from diffing.archive.errors import DamagedArchive, NewerArchive, NotAnArchive, WriteFailed, translated
from diffing.archive.migrations import APPLICATION_ID, LATEST


def examine(path: Path) -> int:
    """Read a closed archive from its first to its last page, without changing it; how many versions it holds.

    Raises NotAnArchive, NewerArchive, DamagedArchive, or WriteFailed when it cannot be read.
    """
    if not path.is_file():
        raise WriteFailed(str(path), "there is no such file", "name the file of a backup")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            _is_ours(database, path)
            _is_whole(database, path)
            return int(database.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.Error as error:
        raise translated(error, path) or error from error


def _is_ours(database: sqlite3.Connection, path: Path) -> None:
    (application_id,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID:
        raise NotAnArchive(str(path), "this is not a Clausewatch archive", "name another file")
    if version > LATEST:
        what = f"written by a newer Clausewatch (schema {version}, this one knows {LATEST})"
        raise NewerArchive(str(path), what, "upgrade Clausewatch, or name another file")


def _is_whole(database: sqlite3.Connection, path: Path) -> None:
    (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise DamagedArchive(str(path), f"the file is damaged ({said.splitlines()[0]})", "restore a backup")
    if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise DamagedArchive(str(path), "rows point to others that are gone", "restore a backup")
