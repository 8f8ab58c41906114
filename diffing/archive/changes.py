"""Changes: the judgement on what lies between two versions."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlite_utils

from diffing.archive import edits, findings, versions
from diffing.archive.clock import from_ms, to_ms
from diffing.archive.lines import Lines
from diffing.archive.names import row_named
from diffing.change import Change, ChangeKind, Judgement, Severity

_SELECT = """
SELECT changes.version_id FROM changes JOIN versions ON versions.id = changes.version_id
JOIN documents ON documents.id = versions.document_id
"""
_ORDER = "ORDER BY versions.observed_at DESC, versions.id DESC LIMIT :limit"


@lru_cache(maxsize=8)
def _lines(text: str) -> Lines:
    return Lines(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for; None asks for all. since: milliseconds, of the newer version."""

    since: int | None = None
    service: str | None = None
    terms: str | None = None
    collection: str | None = None
    topic: str | None = None
    kind: ChangeKind | None = None
    news: bool | None = None
    limit: int | None = None


def add(database: sqlite_utils.Database, made: versions.Placed, change: Change) -> None:
    """Keep the change that made the version kept there."""
    version_id, before, judgement = made.row, change.before, change.judgement
    old = _lines(before.text if before else "")
    new = _lines(change.after.text)
    database.execute(
        "INSERT INTO changes (version_id, name, before_id, kind, news, severity, edits, returned_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            version_id,
            change.id,
            made.before,
            judgement.kind.value,
            judgement.news,
            judgement.severity.value,
            edits.pack(judgement.edits, old, new),
            None if judgement.returned_to is None else to_ms(judgement.returned_to),
        ),
    )
    findings.add(database, version_id, judgement.flags, judgement.facts, new)


def select(database: sqlite_utils.Database, wanted: Wanted) -> list[int]:
    """The rows of the changes asked for, newest first."""
    where, values = ["1"], dict[str, Any]()
    for clause, name, value in (
        ("versions.observed_at >= :since", "since", wanted.since),
        ("documents.service = :service", "service", wanted.service),
        ("documents.terms = :terms", "terms", wanted.terms),
        ("documents.collection = :collection", "collection", wanted.collection),
        ("changes.kind = :kind", "kind", wanted.kind.value if wanted.kind else None),
        ("changes.news = :news", "news", wanted.news),
        ("changes.version_id IN (SELECT change_id FROM flags WHERE topic = :topic)", "topic", wanted.topic),
    ):
        if value is not None:
            where.append(clause)
            values[name] = value
    sql = f"{_SELECT} WHERE {' AND '.join(where)} {_ORDER}"
    rows = database.execute(sql, {**values, "limit": -1 if wanted.limit is None else wanted.limit})
    return [row[0] for row in rows.fetchall()]


def find(database: sqlite_utils.Database, name: str) -> int | None:
    """The row of the change with that id, or whose id alone begins so; None when there is none."""
    return row_named(database, "changes", name)


def get(database: sqlite_utils.Database, store: versions.Versions, version_id: int) -> Change:
    """The change that made the version in that row."""
    before_id, kind, news, severity, packed, returned_to = database.execute(
        "SELECT before_id, kind, news, severity, edits, returned_to FROM changes WHERE version_id = ?", (version_id,)
    ).fetchone()
    before = store.get(database, before_id) if before_id is not None else None
    after = store.get(database, version_id)
    old, new = _lines(before.text if before else ""), _lines(after.text)
    judgement = Judgement(
        kind=ChangeKind(kind),
        news=bool(news),
        severity=Severity(severity),
        edits=edits.unpack(packed, old, new),
        flags=findings.flags(database, version_id),
        facts=findings.facts(database, version_id, new),
        returned_to=None if returned_to is None else from_ms(returned_to),
    )
    return Change(before=before, after=after, judgement=judgement)
