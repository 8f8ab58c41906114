"""Warnings are kept with the attempt that gave them, and a version says whether its text is the main content."""

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Add the tables of warnings, and the columns that point there."""
    script.run(database, _TABLES)


_TABLES = """
CREATE TABLE warnings (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    place ANY NOT NULL,
    what ANY NOT NULL,
    todo ANY NOT NULL,
    UNIQUE (reason, place, what, todo)
) STRICT;

CREATE TABLE attempt_warnings (
    attempt_id INTEGER NOT NULL REFERENCES attempts (id),
    position INTEGER NOT NULL,
    warning_id INTEGER NOT NULL REFERENCES warnings (id),
    PRIMARY KEY (attempt_id, position)
) STRICT, WITHOUT ROWID;

-- How many warnings a visit gave; NULL when it did not read the page anew, so that what was known still stands.
ALTER TABLE attempts ADD COLUMN warned INTEGER;
CREATE INDEX attempts_that_read ON attempts (document_id, id) WHERE warned IS NOT NULL;

-- Whether no declared selector matched and the text is the readable main content.
ALTER TABLE versions ADD COLUMN fallback INTEGER NOT NULL DEFAULT 0;
"""
