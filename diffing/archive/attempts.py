"""Attempts: every visit and how it ended."""

from datetime import datetime

import sqlite_utils

from diffing.archive import documents, versions, warnings
from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell
from diffing.archive.lasting import row_of
from diffing.archive.record import Attempt, Spell
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from diffing.version import Document


def add(database: sqlite_utils.Database, attempt: Attempt, made: versions.Placed | None = None) -> int:
    """Keep an attempt. Returns the row of its document. Raises KeyError for a version that is not there.

    made: where the version was kept that the attempt has just made.
    """
    document_id = made.document if made else documents.ensure(database, attempt.document)
    version_row = made.row if made else _version(database, attempt)
    row = database.conn.execute(
        "INSERT INTO attempts (document_id, at, outcome, fault_id, version_id, warned) VALUES (?, ?, ?, ?, ?, ?)"
        " RETURNING id",
        (
            document_id,
            to_ms(attempt.at),
            attempt.outcome.value,
            _fault_id(database, attempt.fault) if attempt.fault else None,
            version_row,
            None if attempt.warnings is None else len(attempt.warnings),
        ),
    ).fetchone()
    if attempt.warnings:
        warnings.add(database, int(row[0]), attempt.warnings)
    return document_id


def _version(database: sqlite_utils.Database, attempt: Attempt) -> int | None:
    if attempt.version_id is None:
        return None
    row = versions.find(database, attempt.version_id)
    if row is None:
        raise KeyError(attempt.version_id)
    return row


def last(database: sqlite_utils.Database, document: Document) -> Attempt | None:
    """The newest attempt at a document, in the order they were made."""
    row = database.execute(
        "SELECT attempts.at, attempts.outcome, versions.name, faults.reason, faults.place, faults.what, faults.todo,"
        " faults.text_hash FROM attempts LEFT JOIN faults ON faults.id = attempts.fault_id"
        " LEFT JOIN versions ON versions.id = attempts.version_id"
        " WHERE attempts.document_id = ? ORDER BY attempts.id DESC LIMIT 1",
        (documents.find(database, document),),
    ).fetchone()
    if row is None:
        return None
    return Attempt(
        document=document, at=from_ms(row[0]), outcome=Outcome(row[1]), fault=_fault(row[3:]), version_id=row[2]
    )


def spell(database: sqlite_utils.Database, document: Document) -> Spell | None:
    """The faults of a document since a visit last went well; None when the last one did, or there was none.

    News that waits to be confirmed was read well enough.
    """
    document_id = documents.find(database, document)
    row = database.execute(
        "SELECT min(at), count(*) FROM attempts JOIN faults ON faults.id = fault_id"
        " WHERE document_id = :document AND reason != :news AND attempts.id > (SELECT"
        " coalesce(max(id), 0) FROM attempts WHERE document_id = :document AND fault_id IS NULL)",
        {"document": document_id, "news": FaultReason.UNCONFIRMED.value},
    ).fetchone()
    return Spell(since=from_ms(row[0]), faults=row[1]) if row[1] else None


def times(database: sqlite_utils.Database, document: Document) -> dict[datetime, FaultReason | None]:
    """When it was visited, and the fault that was met; the last of several at the same time."""
    rows = database.execute(
        "SELECT at, faults.reason FROM attempts LEFT JOIN faults ON faults.id = attempts.fault_id"
        " WHERE document_id = ? ORDER BY attempts.id",
        (documents.find(database, document),),
    )
    return {from_ms(at): None if reason is None else FaultReason(reason) for at, reason in rows.fetchall()}


def held_since(database: sqlite_utils.Database, document: Document, reason: FaultReason) -> datetime | None:
    """When a fault of that reason was first met, since a visit last went well; None when it was not."""
    document_id = documents.find(database, document)
    row = database.execute(
        "SELECT min(attempts.at) FROM attempts JOIN faults ON faults.id = attempts.fault_id"
        " WHERE attempts.document_id = :document AND faults.reason = :reason AND attempts.id > (SELECT"
        " coalesce(max(id), 0) FROM attempts WHERE document_id = :document AND fault_id IS NULL)",
        {"document": document_id, "reason": reason.value},
    ).fetchone()
    return None if row[0] is None else from_ms(row[0])


def _fault(row: tuple[str, ...]) -> Fault | None:
    if row[0] is None:
        return None
    place, what, todo = (from_cell(value) for value in row[1:4])
    return Fault(reason=FaultReason(row[0]), where=place, what=what, todo=todo, text_hash=row[4])


def _fault_id(database: sqlite_utils.Database, fault: Fault) -> int:
    told = {"place": cell(fault.where), "what": cell(fault.what), "todo": cell(fault.todo)}
    return row_of(database, "faults", {"reason": fault.reason.value, **told, "text_hash": fault.text_hash})
