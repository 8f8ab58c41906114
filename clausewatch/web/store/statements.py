"""Statements: what the texts in force say on each topic, as `reading.py` last read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A statement in a text in force.

    passage: number of its passage in the text, from 0; section: the headings above it, joined by " › ".
    since: when that passage came to stay. change: id of the change it came with, "" when it stood in the first version.
    """

    document_id: int
    topic: str
    stance: str
    sentence: str
    evidence: str
    passage: int
    section: str
    since: datetime
    change: str


_NEWEST = """
SELECT documents.id, (SELECT id FROM versions WHERE document_id = documents.id
                      ORDER BY observed_at DESC, id DESC LIMIT 1) AS newest
FROM documents WHERE post = '' AND id IN (SELECT document_id FROM versions)
"""


def due(database: sqlite_utils.Database, topics: str) -> list[tuple[int, int]]:
    """(document, version) of the texts in force that were not read yet by these topics; posts are no texts in force."""
    rows = database.execute(
        f"SELECT standing.id, newest FROM ({_NEWEST}) AS standing LEFT JOIN readings"  # noqa: S608 - names of our own
        " ON readings.document_id = standing.id WHERE readings.version_id IS NOT newest OR readings.topics IS NOT ?",
        (topics,),
    )
    return [(document, version) for document, version in rows.fetchall()]


def keep(database: sqlite_utils.Database, document: int, version: int, topics: str, found: Sequence[Standing]) -> None:
    """Put what a text says in the place of what an earlier one said. Inside a transaction."""
    database.execute("DELETE FROM statements WHERE document_id = ?", (document,))
    database.conn.executemany(
        "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document,
                position,
                one.topic,
                one.stance,
                cell(one.sentence),
                cell(one.evidence),
                one.passage,
                cell(one.section),
                to_ms(one.since),
                one.change,
            )
            for position, one in enumerate(found)
        ],
    )
    database.execute(
        "INSERT INTO readings VALUES (?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET"
        " version_id = excluded.version_id, topics = excluded.topics",
        (document, version, topics),
    )


def select(
    database: sqlite_utils.Database, *, topic: str | None = None, document: int | None = None
) -> tuple[Standing, ...]:
    """Statements on a topic, or of a document, in the order of the texts."""
    rows = database.execute(
        "SELECT document_id, topic, stance, sentence, evidence, passage, section, since, change FROM statements"
        " WHERE (:topic IS NULL OR topic = :topic) AND (:document IS NULL OR document_id = :document)"
        " ORDER BY document_id, position",
        {"topic": topic, "document": document},
    )
    return tuple(
        Standing(
            document_id=row[0],
            topic=row[1],
            stance=row[2],
            sentence=from_cell(row[3]),
            evidence=from_cell(row[4]),
            passage=row[5],
            section=from_cell(row[6]),
            since=from_ms(row[7]),
            change=row[8],
        )
        for row in rows.fetchall()
    )
