"""Numbers: counts over the whole record, for pictures and for the page about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much is on record. since, until: when the first and the last version were observed; None without any."""

    services: int
    documents: int
    versions: int
    texts: int
    changes: int
    news: int
    flagged: int
    since: datetime | None
    until: datetime | None


def totals(database: sqlite_utils.Database) -> Totals:
    """Count everything."""
    services, kept = database.execute(
        "SELECT count(DISTINCT service), count(*) FROM documents WHERE id IN (SELECT document_id FROM versions)"
    ).fetchone()
    versions, texts, since, until = database.execute(
        "SELECT count(*), count(DISTINCT text_id), min(observed_at), max(observed_at) FROM versions"
    ).fetchone()
    changes, news = database.execute("SELECT count(*), coalesce(sum(news), 0) FROM changes").fetchone()
    (flagged,) = database.execute("SELECT count(DISTINCT change_id) FROM flags").fetchone()
    return Totals(
        services=services,
        documents=kept,
        versions=versions,
        texts=texts,
        changes=changes,
        news=news,
        flagged=flagged,
        since=None if since is None else from_ms(since),
        until=None if until is None else from_ms(until),
    )


def by_month(database: sqlite_utils.Database) -> Mapping[str, Mapping[str, int]]:
    """Flagged changes of each month ("2025-11") by topic; months without any are left out."""
    found: dict[str, dict[str, int]] = {}
    for month, topic, number in database.execute(
        "SELECT strftime('%Y-%m', observed_at / 1000, 'unixepoch') AS month, topic, count(DISTINCT change_id)"
        " FROM flags JOIN versions ON versions.id = change_id GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall():
        found.setdefault(month, {})[topic] = number
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Changes of one kind: how many in all, how many were told, how many had a flag."""

    kind: str
    number: int
    news: int
    flagged: int


def by_kind(database: sqlite_utils.Database) -> tuple[Kinds, ...]:
    """Changes by kind, the most frequent first."""
    rows = database.execute(
        "SELECT kind, count(*), sum(news), count(marked.change_id) FROM changes LEFT JOIN (SELECT DISTINCT change_id"
        " FROM flags) AS marked ON marked.change_id = changes.version_id GROUP BY kind ORDER BY 2 DESC, 1"
    )
    return tuple(Kinds(kind=row[0], number=row[1], news=row[2], flagged=row[3]) for row in rows.fetchall())


def by_collection(database: sqlite_utils.Database) -> tuple[tuple[str, int, int], ...]:
    """(collection, documents, versions), our own, "", first."""
    return tuple(
        database.execute(
            "SELECT collection, count(DISTINCT document_id), count(*) FROM versions JOIN documents"
            " ON documents.id = document_id GROUP BY 1 ORDER BY 1"
        ).fetchall()
    )


def first_adoptions(database: sqlite_utils.Database, topic: str) -> tuple[tuple[str, datetime, str], ...]:
    """(service, when, change) of the first change that introduced the topic at each service, oldest first."""
    rows = database.execute(
        "SELECT documents.service, min(versions.observed_at), changes.name FROM flags"
        " JOIN changes ON changes.version_id = flags.change_id JOIN versions ON versions.id = flags.change_id"
        " JOIN documents ON documents.id = versions.document_id WHERE topic = ? AND effect = 'introduces'"
        " GROUP BY documents.service ORDER BY 2, 1",
        (topic,),
    )
    return tuple((service, from_ms(at), name) for service, at, name in rows.fetchall())
