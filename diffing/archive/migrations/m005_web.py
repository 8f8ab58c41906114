"""What readers said of changes, and what stands in the current texts."""

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Lay out the tables."""
    script.run(database, _TABLES)


_TABLES = """
-- What a reader said of a flag: a change, a topic, and whether the flag is right.
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes (version_id),
    topic TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
    effect TEXT,                 -- the right one, where the reader corrected it
    reason ANY NOT NULL,
    reader ANY NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX verdicts_of_change ON verdicts (change_id, topic, id);

-- A reader has seen a change and need not be reminded.
CREATE TABLE acknowledgements (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes (version_id),
    note ANY NOT NULL,
    reader ANY NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX acknowledgements_of_change ON acknowledgements (change_id, id);

-- Which version of a document was last read for what it says now, and by which topics. Can be thrown away.
CREATE TABLE readings (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id),
    version_id INTEGER NOT NULL REFERENCES versions (id),
    topics TEXT NOT NULL         -- a digest of the topics' files
) STRICT;

-- What the current text of a document says on a topic, a row a statement. Can be thrown away.
CREATE TABLE statements (
    document_id INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER NOT NULL,   -- in the order of the text
    topic TEXT NOT NULL,
    stance TEXT NOT NULL,
    sentence ANY NOT NULL,
    evidence ANY NOT NULL,
    passage INTEGER NOT NULL,    -- its number in the text, from 0
    section ANY NOT NULL,        -- the headings above it, joined by " › "
    since INTEGER NOT NULL,      -- when its passage came to stay
    change TEXT NOT NULL,        -- Change.id of the change it came with, '' when it stood in the first version
    PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statements_by_topic ON statements (topic, document_id);
"""
