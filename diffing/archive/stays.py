"""Stays: which text stood since when, without reading the texts."""

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.connection import Connection
from diffing.stay import Stay
from diffing.version import Document

REMEMBERED = 50_000
"""How many stays stay in memory, over all documents: about 15 MB."""


class Stays:
    """Reads stays, and only the new ones of a document that was asked for before: an import asks at every version."""

    def __init__(self, connection: Connection) -> None:
        self._read: dict[int, tuple[int, list[Stay]]] = {}
        self._held = 0
        connection.forget_on_rollback(self._forget)

    def of(self, database: sqlite_utils.Database, document: Document) -> tuple[Stay, ...]:
        """All of a document's, oldest first; at the same moment in the order they were recorded."""
        document_id = documents.find(database, document)
        if document_id is None:
            return ()
        last, known = self._read.get(document_id, (0, []))
        rows = database.execute(
            "SELECT versions.id, versions.name, texts.hash, observed_at FROM versions"
            " JOIN texts ON texts.id = versions.text_id"
            " WHERE document_id = ? AND +versions.id > ? ORDER BY versions.id",
            (document_id, last),
        ).fetchall()
        if rows:
            new = [Stay(version_id=name, text_hash=raw.hex(), observed_at=from_ms(at)) for _, name, raw, at in rows]
            in_order = len(new) == 1 and (not known or known[-1].observed_at <= new[0].observed_at)
            known += new
            if not in_order:
                known.sort(key=lambda stay: stay.observed_at)  # stable, so that ties stay as recorded
            self._remember(document_id, rows[-1][0], known, len(rows))
        return tuple(known)

    def _remember(self, document_id: int, last: int, stays: list[Stay], more: int) -> None:
        self._read[document_id] = (last, stays)
        self._held += more
        if self._held > REMEMBERED:
            self._forget()

    def _forget(self) -> None:
        self._read.clear()
        self._held = 0
