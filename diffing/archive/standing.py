"""Standing: the faults that hold now, and what the archive counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell
from diffing.fault import Fault, FaultReason
from diffing.version import Document

_FAULTS = """
WITH newest AS (
    SELECT documents.id AS document_id, service, terms, post,
        (SELECT max(id) FROM attempts WHERE document_id = documents.id) AS attempt_id
    FROM documents WHERE collection = ''
)
SELECT service, terms, post, reason, place, what, todo, text_hash, min(spell.at), count(*)
FROM newest
JOIN attempts ON attempts.id = newest.attempt_id
JOIN faults ON faults.id = attempts.fault_id
JOIN attempts AS spell ON spell.document_id = newest.document_id AND spell.id > coalesce(
    (SELECT max(id) FROM attempts WHERE document_id = newest.document_id AND fault_id IS NULL), 0)
GROUP BY newest.document_id ORDER BY min(spell.at), service, terms, post
"""

_LAST_VISIT = """
SELECT max((SELECT at FROM attempts WHERE document_id = documents.id ORDER BY id DESC LIMIT 1)) FROM documents
"""
"""Ids follow time within a document only: histories are imported one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A fault of the last visit to some terms.

    since: when the first of the visits in a row was that faulted. visits: how many those are.
    """

    document: Document
    fault: Fault
    since: datetime
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an archive holds. changes: by kind. flags: by topic. outcomes: of all visits. last_visit: the newest."""

    documents: int
    versions: int
    changes: Mapping[str, int]
    flags: Mapping[str, int]
    outcomes: Mapping[str, int]
    last_visit: datetime | None


def faults(database: sqlite_utils.Database) -> tuple[Standing, ...]:
    """The faults that hold now, the oldest first."""
    return tuple(
        Standing(
            document=Document(service=service, terms=terms, post=from_cell(post)),
            fault=Fault(
                reason=FaultReason(reason),
                where=from_cell(place),
                what=from_cell(what),
                todo=from_cell(todo),
                text_hash=text_hash,
            ),
            since=from_ms(since),
            visits=visits,
        )
        for service, terms, post, reason, place, what, todo, text_hash, since, visits in database.execute(
            _FAULTS
        ).fetchall()
    )


def counts(database: sqlite_utils.Database) -> Counts:
    """What the archive holds, imported histories among it."""
    (last,) = database.execute(_LAST_VISIT).fetchone()
    return Counts(
        documents=_one(database, "SELECT count(*) FROM documents"),
        versions=_one(database, "SELECT count(*) FROM versions"),
        changes=_grouped(database, "SELECT kind, count(*) FROM changes GROUP BY kind"),
        flags=_grouped(database, "SELECT topic, count(*) FROM flags GROUP BY topic"),
        outcomes=_grouped(database, "SELECT outcome, number FROM visits"),
        last_visit=None if last is None else from_ms(last),
    )


def _one(database: sqlite_utils.Database, sql: str) -> int:
    return int(database.execute(sql).fetchone()[0])


def _grouped(database: sqlite_utils.Database, sql: str) -> dict[str, int]:
    return {str(name): int(number) for name, number in database.execute(sql).fetchall()}
