"""Announcements: blog posts, and the terms they name."""

from collections.abc import Sequence

import sqlite_utils

from diffing.version import Document


def add(database: sqlite_utils.Database, version_row: int, named: Sequence[Document]) -> None:
    """Keep which terms the post in a version's row names, inside a transaction."""
    database.conn.executemany(
        "INSERT INTO announcements (version_id, service, terms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(version_row, document.service, document.terms) for document in named],
    )


def named_in(database: sqlite_utils.Database, version_row: int) -> tuple[Document, ...]:
    """The terms the post in a version's row names, by name."""
    rows = database.execute(
        "SELECT service, terms FROM announcements WHERE version_id = ? ORDER BY service, terms", (version_row,)
    )
    return tuple(Document(service=service, terms=terms) for service, terms in rows.fetchall())


def naming(database: sqlite_utils.Database, document: Document) -> tuple[int, ...]:
    """The rows of the versions of posts that name some terms, newest first."""
    rows = database.execute(
        "SELECT versions.id FROM announcements JOIN versions ON versions.id = announcements.version_id"
        " WHERE service = ? AND terms = ? ORDER BY observed_at DESC, versions.id DESC",
        (document.service, document.terms),
    )
    return tuple(row for (row,) in rows.fetchall())
