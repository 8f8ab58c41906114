"""Collection: versions by service and terms, as the collection API of the Open Terms Archive asks for them."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms

_FROM = """
FROM versions JOIN documents ON documents.id = versions.document_id
LEFT JOIN changes ON changes.version_id = versions.id
WHERE documents.post = '' AND (:service = '' OR documents.service = :service)
AND (:terms = '' OR documents.terms = :terms)
"""
_COLUMNS = """
SELECT versions.name, documents.service, documents.terms, versions.observed_at, coalesce(changes.kind, 'first'),
       documents.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A version as that API names it. kind: of the change that made it, "first" for the first."""

    id: str
    service: str
    terms: str
    at: datetime
    kind: str
    document_id: int


def count(database: sqlite_utils.Database, service: str = "", terms: str = "") -> int:
    """How many versions there are; "" asks for all. Posts of blogs are left out, which that API does not know."""
    row = database.execute(f"SELECT count(*) {_FROM}", {"service": service, "terms": terms}).fetchone()
    return int(row[0])


def page(database: sqlite_utils.Database, service: str, terms: str, *, limit: int, offset: int) -> tuple[Recorded, ...]:
    """Versions, newest first."""
    rows = database.execute(
        f"{_COLUMNS} {_FROM} ORDER BY versions.observed_at DESC, versions.id DESC LIMIT :limit OFFSET :offset",
        {"service": service, "terms": terms, "limit": limit, "offset": offset},
    )
    return tuple(_recorded(row) for row in rows.fetchall())


def around(database: sqlite_utils.Database, document: int, version: str) -> dict[str, str | None]:
    """The first, previous, next and last version of a document, by id."""
    names = [
        row[0]
        for row in database.execute(
            "SELECT name FROM versions WHERE document_id = ? ORDER BY observed_at, id", (document,)
        ).fetchall()
    ]
    at = names.index(version)
    return {
        "first": names[0],
        "prev": names[at - 1] if at else None,
        "next": names[at + 1] if at + 1 < len(names) else None,
        "last": names[-1],
    }


def one(database: sqlite_utils.Database, version: str) -> Recorded:
    """The version of that id, which is there."""
    row = database.execute(
        f"{_COLUMNS} FROM versions JOIN documents ON documents.id = versions.document_id"
        " LEFT JOIN changes ON changes.version_id = versions.id WHERE versions.name = ?",
        (version,),
    ).fetchone()
    return _recorded(row)


def _recorded(row: tuple[str, str, str, int, str, int]) -> Recorded:
    return Recorded(id=row[0], service=row[1], terms=row[2], at=from_ms(row[3]), kind=row[4], document_id=row[5])
