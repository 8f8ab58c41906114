"""Opening: makes a new file an archive, migrates an older one, and leaves anything else alone."""

from pathlib import Path

import sqlite_utils

from diffing.archive.backup import backup
from diffing.archive.connection import Connection
from diffing.archive.errors import NewerArchive, NotAnArchive
from diffing.archive.migrations import APPLICATION_ID, LATEST, STEPS


def opened(path: Path, *, wait_ms: int, cache: int) -> Connection:
    """A connection to the archive at `path`, made or migrated first. See `Archive.open` for what it raises."""
    connection = Connection(path, wait_ms=wait_ms)
    try:
        with connection.reading() as database:
            version = _version(database, path)
        connection.configure(cache=cache)
        if version < LATEST:
            if version:
                _keep_old(connection, path, version)
            with connection.writing() as database:
                _migrate(database, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(database: sqlite_utils.Database, path: Path) -> int:
    """How many migrations the file has seen, 0 for a new one. Only reads, so that a refused file stays as it was."""
    application_id, version, tables = (
        database.execute(sql).fetchone()[0]
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
    )
    if application_id != APPLICATION_ID and (tables or application_id or version):
        raise NotAnArchive(str(path), "this is another program's database", "name another file")
    if version > LATEST:
        raise NewerArchive(
            str(path),
            f"written by a newer Clausewatch (schema {version}, this one knows {LATEST})",
            "upgrade Clausewatch, or name another file",
        )
    return int(version)


def _keep_old(connection: Connection, path: Path, version: int) -> None:
    """Take a backup before the schema changes. One that is there is from a migration that did not end: it stays."""
    target = path.with_name(f"{path.name}.schema-{version}")
    if not target.exists():
        with connection.reading() as database:
            backup(database.conn, target)


def _migrate(database: sqlite_utils.Database, path: Path) -> None:
    version = _version(database, path)  # again, now that no other process can be migrating it
    for step in STEPS[version:]:
        step(database)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {LATEST}")
