"""Until when sites are not to be asked."""

from sqlite_utils import Database


def apply(database: Database) -> None:
    """Add the table of waits."""
    database.executescript(_TABLES)


_TABLES = """
CREATE TABLE waits (
    place ANY PRIMARY KEY,       -- a host, or a whole address
    until INTEGER NOT NULL,
    failures INTEGER NOT NULL    -- answers in a row that asked for patience
) STRICT, WITHOUT ROWID;
"""
