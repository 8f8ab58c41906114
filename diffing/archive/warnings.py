"""Warnings: what was odd about terms that could be read, kept with the attempt."""

from collections.abc import Sequence
from typing import Any

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.codec import cell, from_cell
from diffing.archive.lasting import row_of
from diffing.version import Document
from diffing.warning import TermsWarning, Warned, WarningReason

_LAST = (
    "(SELECT max(attempts.id) FROM attempts WHERE attempts.document_id = documents.id AND attempts.warned IS NOT NULL)"
)


def add(database: sqlite_utils.Database, attempt_id: int, found: Sequence[TermsWarning]) -> None:
    """Keep the warnings of an attempt, inside a transaction, in the order given."""
    database.conn.executemany(
        "INSERT INTO attempt_warnings (attempt_id, position, warning_id) VALUES (?, ?, ?)",
        [(attempt_id, position, _id(database, warning)) for position, warning in enumerate(found)],
    )


def standing(database: sqlite_utils.Database, document: Document) -> tuple[TermsWarning, ...]:
    """The warnings of the last visit to a document that read its page."""
    rows = database.execute(
        _select(f"documents.id = ? AND attempts.id = {_LAST}"), (documents.find(database, document),)
    )
    return tuple(_warning(row[1:5]) for row in rows.fetchall())


def warned(
    database: sqlite_utils.Database, *, service: str | None, terms: str | None, collection: str | None
) -> tuple[Warned, ...]:
    """Every document on which warnings stand, by name; posts are left out. None asks for all."""
    wanted = {"service": service, "terms": terms, "collection": collection}
    given = {name: value for name, value in wanted.items() if value is not None}
    where = " AND ".join((f"documents.post = '' AND attempts.id = {_LAST}", *(f"documents.{n} = :{n}" for n in given)))
    found: dict[Document, tuple[int, list[TermsWarning]]] = {}
    for row in database.execute(_select(where), given).fetchall():
        _, warnings = found.setdefault(documents.from_row(row[5:]), (row[0], []))
        warnings.append(_warning(row[1:5]))
    return tuple(
        Warned(document=document, at=from_ms(at), warnings=tuple(warnings))
        for document, (at, warnings) in found.items()
    )


def _select(where: str) -> str:
    return (
        f"SELECT attempts.at, warnings.reason, warnings.place, warnings.what, warnings.todo, {documents.COLUMNS}"  # noqa: S608
        " FROM documents JOIN attempts ON attempts.document_id = documents.id"
        " JOIN attempt_warnings ON attempt_warnings.attempt_id = attempts.id"
        f" JOIN warnings ON warnings.id = attempt_warnings.warning_id WHERE {where}"
        " ORDER BY documents.service, documents.terms, documents.collection, attempt_warnings.position"
    )


def _warning(row: tuple[Any, ...]) -> TermsWarning:
    place, what, todo = (from_cell(value) for value in row[1:])
    return TermsWarning(reason=WarningReason(row[0]), where=place, what=what, todo=todo)


def _id(database: sqlite_utils.Database, warning: TermsWarning) -> int:
    told = {"place": cell(warning.where), "what": cell(warning.what), "todo": cell(warning.todo)}
    return row_of(database, "warnings", {"reason": warning.reason.value, **told})
