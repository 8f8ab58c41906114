"""What the archive is asked by: full text, and which passage stood where from when until when."""

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Lay out the index, empty: `diffing.archive.index` fills it from what is kept, and can do so again."""
    script.run(database, _TABLES)
    database.execute("ALTER TABLE documents ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0")


_TABLES = """
-- A wording is what passages have in common that differ only in markup, numbering, case or punctuation.
CREATE TABLE wordings (
    hash INTEGER PRIMARY KEY,    -- of its skeleton, as the hash of a passage
    id INTEGER NOT NULL          -- id of the passage it was first seen in, which has its words
) STRICT;

-- Full text over wordings, rowid is wordings.id. The words themselves are kept in `texts` alone.
CREATE VIRTUAL TABLE wording_index USING fts5 (
    words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- Where and when a wording stood: in the versions of a document from `first` until right before `until`.
CREATE TABLE holdings (
    document_id INTEGER NOT NULL,
    wording INTEGER NOT NULL,
    first INTEGER NOT NULL,      -- version it first came with
    until INTEGER,               -- first version without it; NULL while it stands
    stays BLOB,                  -- of one that came more than once, the versions it came and went with, see stands.py
    PRIMARY KEY (document_id, wording)
) STRICT, WITHOUT ROWID;
CREATE INDEX holdings_of_wording ON holdings (wording);

-- Wordings in which a change was flagged.
CREATE TABLE flagged (
    topic TEXT NOT NULL,
    wording INTEGER NOT NULL,
    PRIMARY KEY (topic, wording)
) STRICT, WITHOUT ROWID;
"""
