"""Stays: which text stood since when, without reading the texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.connection import Connection
from diffing.returns import Return, Runs, return_of
from diffing.stay import Stay
from diffing.version import Document

REMEMBERED = 50_000
"""How many stays stay in memory, over all documents: about 15 MB."""


_SELECT = """
SELECT versions.id, versions.name, texts.hash, observed_at, document_id FROM versions
JOIN texts ON texts.id = versions.text_id
"""


@dataclass(slots=True)
class _Known:
    """The stays of a document, oldest first, and the runs they make."""

    stays: list[Stay] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)

    def add(self, new: Sequence[Stay]) -> None:
        in_order = len(new) == 1 and (not self.stays or self.stays[-1].observed_at <= new[0].observed_at)
        self.stays.extend(new)
        if in_order:
            self.runs.add(new[0])
        else:
            self.stays.sort(key=lambda stay: stay.observed_at)  # stable, so that ties stay as recorded
            self.runs = Runs(self.stays)


class Stays:
    """Reads stays, and of documents that were asked for before only the new ones: an import asks at every version."""

    def __init__(self, connection: Connection) -> None:
        self._known: dict[int, _Known] = {}
        self._last = 0
        self._held = 0
        connection.forget_on_rollback(self._forget)

    def of(self, database: sqlite_utils.Database, document: Document) -> tuple[Stay, ...]:
        """All of a document's, oldest first; at the same moment in the order they were recorded."""
        return tuple(self._of(database, document).stays)

    def back(self, database: sqlite_utils.Database, document: Document, text_hash: str, now: datetime) -> Return | None:
        """Whether a text seen now stood in the document before, see `return_of`."""
        return return_of(self._of(database, document).runs, text_hash, now)

    def _of(self, database: sqlite_utils.Database, document: Document) -> _Known:
        self._catch_up(database)
        document_id = documents.find(database, document)
        if document_id is None:
            return _Known()
        known = self._known.get(document_id)
        if known is None:
            known = _Known()
            rows = database.execute(
                _SELECT + "WHERE document_id = ? AND versions.id <= ? ORDER BY versions.id", (document_id, self._last)
            )
            known.add([_stay(row) for row in rows.fetchall()])
            self._remember(document_id, known)
        return known

    def _catch_up(self, database: sqlite_utils.Database) -> None:
        """Take in the versions, of whatever document, that were recorded since the last time."""
        if not self._known:
            self._last = int(database.execute("SELECT coalesce(max(id), 0) FROM versions").fetchone()[0])
            return
        rows = database.execute(_SELECT + "WHERE versions.id > ? ORDER BY versions.id", (self._last,)).fetchall()
        for row in rows:
            self._last = row[0]
            if (known := self._known.get(row[4])) is not None:
                known.add([_stay(row)])
                self._held += 1

    def _remember(self, document_id: int, known: _Known) -> None:
        if self._held > REMEMBERED:
            self._forget()
        self._known[document_id] = known
        self._held += len(known.stays)

    def _forget(self) -> None:
        self._known.clear()
        self._held = 0


def _stay(row: tuple[Any, ...]) -> Stay:
    return Stay(version_id=row[1], text_hash=row[2].hex(), observed_at=from_ms(row[3]))
