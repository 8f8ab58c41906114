"""How many visits there were, and the alerts by when they were made, without looking at all of them."""

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Count visits as they are made, and index alerts by their time."""
    script.run(database, _TABLES)


_TABLES = """
CREATE TABLE visits (
    outcome TEXT PRIMARY KEY,
    number INTEGER NOT NULL      -- attempts that ended so, ever
) STRICT, WITHOUT ROWID;

INSERT INTO visits SELECT outcome, count(*) FROM attempts GROUP BY outcome;

CREATE TRIGGER attempts_counted AFTER INSERT ON attempts BEGIN
    INSERT INTO visits VALUES (new.outcome, 1) ON CONFLICT (outcome) DO UPDATE SET number = number + 1;
END;

CREATE INDEX outbox_made ON outbox (created_at);
"""
