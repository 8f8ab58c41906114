"""A blog post that names terms is kept with which they are."""

from sqlite_utils import Database


def apply(database: Database) -> None:
    """Add the table of announcements."""
    database.executescript(_TABLES)


_TABLES = """
CREATE TABLE announcements (
    version_id INTEGER NOT NULL REFERENCES versions (id),
    service TEXT NOT NULL,       -- the terms a post names, as declared when it was seen
    terms TEXT NOT NULL,
    PRIMARY KEY (version_id, service, terms)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcements_of_terms ON announcements (service, terms);
"""
