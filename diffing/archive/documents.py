"""Documents: which texts the archive knows."""

from typing import Any

import sqlite_utils

from diffing.archive.codec import cell, from_cell
from diffing.version import Document

COLUMNS = "documents.service, documents.terms, documents.post, documents.collection"
"""What `from_row` reads."""


def from_row(row: tuple[Any, ...]) -> Document:
    """The document in a row of `COLUMNS`."""
    return Document(service=row[0], terms=row[1], post=from_cell(row[2]), collection=row[3])


def find(database: sqlite_utils.Database, document: Document) -> int | None:
    """Its id, None when the archive has never met it."""
    row = database.execute(
        "SELECT id FROM documents WHERE service = ? AND terms = ? AND post = ? AND collection = ?", _key(document)
    ).fetchone()
    return row[0] if row else None


def ensure(database: sqlite_utils.Database, document: Document) -> int:
    """Its id, made when the archive has never met it."""
    known = find(database, document)
    if known is not None:
        return known
    row = database.conn.execute(
        "INSERT INTO documents (service, terms, post, collection) VALUES (?, ?, ?, ?) RETURNING id", _key(document)
    ).fetchone()
    return int(row[0])


def select(
    database: sqlite_utils.Database, *, service: str | None, terms: str | None, collection: str | None
) -> tuple[Document, ...]:
    """Those that have a version or a visit, by name; None asks for all."""
    wanted = {"service": service, "terms": terms, "collection": collection}
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = :{column}" for column in given) or "1"
    rows = database.execute(
        f"SELECT {COLUMNS} FROM documents WHERE {where} ORDER BY service, terms, post, collection",  # noqa: S608
        given,
    )
    return tuple(from_row(row) for row in rows.fetchall())


def _key(document: Document) -> tuple[str, str, str | bytes, str]:
    return document.service, document.terms, cell(document.post), document.collection
