"""Versions: which text stood when, and what made it."""

from typing import Any, NamedTuple

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell
from diffing.archive.errors import Backwards, Superseded
from diffing.archive.names import row_named
from diffing.archive.record import Stamp
from diffing.archive.texts import Texts
from diffing.version import Document, Version, text_hash

_SELECT = f"""
SELECT versions.id, versions.observed_at, versions.text_id, origins.url, origins.language, origins.extractor,
       origins.declaration, origins.title, versions.fallback, {documents.COLUMNS}
FROM versions JOIN origins ON origins.id = versions.origin_id JOIN documents ON documents.id = versions.document_id
"""  # noqa: S608


class Placed(NamedTuple):
    """Where a version was kept: its row, its document's, and that of the version before it."""

    row: int
    document: int
    before: int | None


class _Last(NamedTuple):
    row: int
    name: str
    text_hash: str


class Versions:
    """The versions of all documents. In a document they are ordered by time, at the same time as they were stored."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def add(self, database: sqlite_utils.Database, version: Version, *, before: Version | None) -> Placed | None:
        """Keep a version, inside a transaction. Returns where, None when it or its text stands there already.

        Raises Superseded when `before` is not the version before it, Backwards when it is dated before that.
        """
        document_id = documents.ensure(database, version.document)
        if find(database, version.id) is not None:
            return None
        _check_clock(version, before)
        last = self._last(database, document_id, to_ms(version.observed_at))
        if (last.name if last else None) != (before.id if before else None):
            if last and last.text_hash == text_hash(version.text):
                return None
            raise Superseded(
                str(version.document),
                "another version was recorded while this one was being judged",
                "visit it again",
            )
        sheaf = database.execute("SELECT sheaf FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
        text_id, next_sheaf = self._texts.store(version.text, sheaf_id=sheaf)
        if next_sheaf != sheaf:
            database.execute("UPDATE documents SET sheaf = ? WHERE id = ?", (next_sheaf, document_id))
        row = database.conn.execute(
            "INSERT INTO versions (name, document_id, observed_at, text_id, origin_id, fallback)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (
                version.id,
                document_id,
                to_ms(version.observed_at),
                text_id,
                _origin(database, version),
                version.fallback,
            ),
        ).fetchone()
        return Placed(int(row[0]), document_id, None if last is None else last.row)

    def current(self, database: sqlite_utils.Database, document: Document, *, at: int | None = None) -> Version | None:
        """The last version, or the one that stood at the time `at` (milliseconds)."""
        document_id = documents.find(database, document)
        if document_id is None:
            return None
        row = database.execute(
            _SELECT + " WHERE document_id = ? AND observed_at <= ? ORDER BY observed_at DESC, versions.id DESC LIMIT 1",
            (document_id, (1 << 63) - 1 if at is None else at),
        ).fetchone()
        return self._version(row) if row else None

    def of(self, database: sqlite_utils.Database, document: Document) -> tuple[Version, ...]:
        """All versions of a document, oldest first."""
        rows = database.execute(
            _SELECT + " WHERE document_id = ? ORDER BY observed_at, versions.id",
            (documents.find(database, document),),
        )
        return tuple(self._version(row) for row in rows.fetchall())

    def get(self, database: sqlite_utils.Database, row_id: int) -> Version:
        """The version in that row."""
        return self._version(database.execute(_SELECT + " WHERE versions.id = ?", (row_id,)).fetchone())

    def _last(self, database: sqlite_utils.Database, document_id: int, at: int) -> _Last | None:
        """The version that stood at that time, in milliseconds."""
        row = database.execute(
            "SELECT versions.id, versions.name, texts.hash FROM versions JOIN texts ON texts.id = versions.text_id"
            " WHERE document_id = ? AND observed_at <= ? ORDER BY observed_at DESC, versions.id DESC LIMIT 1",
            (document_id, at),
        ).fetchone()
        return _Last(row[0], row[1], row[2].hex()) if row else None

    def _version(self, row: tuple[Any, ...]) -> Version:
        return Version(
            document=documents.from_row(row[9:]),
            observed_at=from_ms(row[1]),
            text=self._texts.read(row[2]),
            url=from_cell(row[3]),
            language=row[4],
            extractor=row[5],
            declaration=row[6],
            title=from_cell(row[7]),
            fallback=bool(row[8]),
        )


def _check_clock(version: Version, before: Version | None) -> None:
    """Raises Backwards when the version is dated before the one it follows."""
    if before is not None and to_ms(before.observed_at) > to_ms(version.observed_at):
        raise Backwards(
            str(version.document),
            f"seen at {version.observed_at.isoformat()}, but its current version was seen later, at "
            f"{before.observed_at.isoformat()}",
            "correct the clock of this machine",
        )


def stamp(database: sqlite_utils.Database, document: Document) -> Stamp | None:
    """What made the last version."""
    row = database.execute(
        "SELECT versions.name, origins.url, origins.extractor, origins.declaration FROM versions"
        " JOIN origins ON origins.id = versions.origin_id WHERE document_id = ?"
        " ORDER BY observed_at DESC, versions.id DESC LIMIT 1",
        (documents.find(database, document),),
    ).fetchone()
    if row is None:
        return None
    return Stamp(version_id=row[0], url=from_cell(row[1]), extractor=row[2], declaration=row[3])


def find(database: sqlite_utils.Database, name: str) -> int | None:
    """The row of the version with that id, or whose id alone begins so; None when there is none."""
    return row_named(database, "versions", name)


def restamp(database: sqlite_utils.Database, version: Version) -> None:
    """Note that another extractor and declaration read the same text from the page: those of `version`."""
    database.execute(
        "UPDATE versions SET origin_id = ?, fallback = ? WHERE name = ?",
        (_origin(database, version), version.fallback, version.id),
    )


def _origin(database: sqlite_utils.Database, version: Version) -> int:
    values = (cell(version.url), version.language, version.extractor, version.declaration, cell(version.title))
    row = database.execute(
        "SELECT id FROM origins WHERE url = ? AND language = ? AND extractor = ? AND declaration = ? AND title = ?",
        values,
    ).fetchone()
    if row is None:
        row = database.conn.execute(
            "INSERT INTO origins (url, language, extractor, declaration, title) VALUES (?, ?, ?, ?, ?) RETURNING id",
            values,
        ).fetchone()
    return int(row[0])
