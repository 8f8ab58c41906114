"""Captures: the bytes that versions were made from, and those that the next conditional request rests on."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import sqlite_utils

from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, compress, decompress, from_cell
from diffing.capture import Capture

_SELECT = """
SELECT captures.source, captures.url, captures.status, captures.fetched_at, captures.headers, bodies.body
FROM captures JOIN bodies ON bodies.id = captures.body_id
"""


def add(database: sqlite_utils.Database, document_id: int, version_id: int, captures: Sequence[Capture]) -> None:
    """Keep the captures a version was made from, in the order given."""
    for position, capture in enumerate(captures):
        database.execute(
            "INSERT INTO version_captures (version_id, position, capture_id) VALUES (?, ?, ?)",
            (version_id, position, _insert(database, document_id, capture)),
        )


def share(database: sqlite_utils.Database, version_id: int, before: int) -> None:
    """Let a version rest on the captures of the one before it: the same bytes, read again."""
    database.execute(
        "INSERT INTO version_captures (version_id, position, capture_id)"
        " SELECT ?, position, capture_id FROM version_captures WHERE version_id = ?",
        (version_id, before),
    )


def refresh(database: sqlite_utils.Database, document_id: int, capture: Capture) -> None:
    """Keep what the next conditional request needs, after a visit that found the text unchanged.

    Pages often differ at every load in bytes that are no text. The newest capture is brought up to date; bytes that a
    version rests on stay, and beside them at most one newer capture of a source is kept.
    """
    row = database.execute(
        "SELECT captures.id, bodies.id, bodies.hash, EXISTS ("
        " SELECT 1 FROM version_captures WHERE capture_id = captures.id)"
        " FROM captures JOIN bodies ON bodies.id = captures.body_id"
        " WHERE document_id = ? AND source = ? ORDER BY captures.id DESC LIMIT 1",
        (document_id, cell(capture.source)),
    ).fetchone()
    same_bytes = row is not None and row[2] == hashlib.sha256(capture.body).digest()
    if same_bytes:
        database.execute("UPDATE captures SET headers = ? WHERE id = ?", (_headers(capture), row[0]))
        return
    if row is not None and not row[3]:
        database.execute("DELETE FROM captures WHERE id = ?", (row[0],))
        database.execute(
            "DELETE FROM bodies WHERE id = ? AND NOT EXISTS (SELECT 1 FROM captures WHERE body_id = bodies.id)",
            (row[1],),
        )
    _insert(database, document_id, capture)


def latest(database: sqlite_utils.Database, document_id: int, source: str) -> Capture | None:
    """The newest capture of a source that gave a text."""
    row = database.execute(
        _SELECT + " WHERE document_id = ? AND source = ? ORDER BY captures.id DESC LIMIT 1",
        (document_id, cell(source)),
    ).fetchone()
    return _capture(row) if row else None


def of_version(database: sqlite_utils.Database, version_id: int) -> tuple[Capture, ...]:
    """The captures a version was made from, in the order they were given; fewer once old ones were dropped."""
    rows = database.execute(
        _SELECT + " JOIN version_captures ON version_captures.capture_id = captures.id"
        " WHERE version_captures.version_id = ? ORDER BY version_captures.position",
        (version_id,),
    )
    return tuple(_capture(row) for row in rows.fetchall())


def ids_of(database: sqlite_utils.Database, document_id: int) -> list[int]:
    """The rows of all captures of a document, oldest first."""
    rows = database.execute("SELECT id FROM captures WHERE document_id = ? ORDER BY fetched_at, id", (document_id,))
    return [row[0] for row in rows.fetchall()]


def get(database: sqlite_utils.Database, row_id: int) -> Capture | None:
    """The capture in that row; None when it was dropped."""
    row = database.execute(_SELECT + " WHERE captures.id = ?", (row_id,)).fetchone()
    return None if row is None else _capture(row)


def _insert(database: sqlite_utils.Database, document_id: int, capture: Capture) -> int:
    row = database.conn.execute(
        "INSERT INTO captures (document_id, source, url, status, fetched_at, headers, body_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            document_id,
            cell(capture.source),
            cell(capture.url),
            capture.status,
            to_ms(capture.fetched_at),
            _headers(capture),
            _body(database, capture.body),
        ),
    ).fetchone()
    return int(row[0])


def _body(database: sqlite_utils.Database, body: bytes) -> int:
    digest = hashlib.sha256(body).digest()
    row = database.execute("SELECT id FROM bodies WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        row = database.conn.execute(
            "INSERT INTO bodies (hash, size, body) VALUES (?, ?, ?) RETURNING id",
            (digest, len(body), compress(body)),
        ).fetchone()
    return int(row[0])


def _headers(capture: Capture) -> str:
    return json.dumps(dict(capture.headers), sort_keys=True)


def _capture(row: tuple[Any, ...]) -> Capture:
    return Capture(
        source=from_cell(row[0]),
        url=from_cell(row[1]),
        status=row[2],
        fetched_at=from_ms(row[3]),
        headers=json.loads(row[4]),
        body=decompress(row[5]),
    )
