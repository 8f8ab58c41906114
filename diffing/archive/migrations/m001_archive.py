"""The first tables."""

import secrets

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Lay out the first tables."""
    script.run(database, _TABLES)
    database.execute("INSERT INTO settings VALUES ('passage_key', ?)", (secrets.token_bytes(16),))


_TABLES = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    terms TEXT NOT NULL,
    post ANY NOT NULL,           -- address of a blog post, '' where the terms are one text
    collection TEXT NOT NULL,    -- an imported history that is kept apart, '' for our own
    sheaf INTEGER,               -- where its next text goes, see texts
    UNIQUE (service, terms, post, collection)
) STRICT;

-- Passages are stored once. A passage's words are in the text it first stood in; here is how it is found again.
CREATE TABLE passages (
    hash INTEGER PRIMARY KEY,    -- BLAKE2b of its UTF-8, 64 bits, keyed with settings.passage_key
    id INTEGER NOT NULL          -- from 1; 0 is the blank line
) STRICT;

-- A text is a list of passage ids, and the words of the passages that were new with it.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,   -- SHA-256 of its UTF-8
    sheaf INTEGER NOT NULL,      -- id of the first text of its sheaf; texts of a sheaf are read one after the other
    first_passage INTEGER UNIQUE,-- id of the first new passage, the others follow; NULL when there is none
    new_passages INTEGER NOT NULL,
    body BLOB NOT NULL           -- zstd, with the bodies before it in the sheaf as dictionary
) STRICT;
CREATE INDEX texts_of_sheaf ON texts (sheaf, id);

-- What a version was made by and where; shared by all versions alike in this.
CREATE TABLE origins (
    id INTEGER PRIMARY KEY,
    url ANY NOT NULL,
    language TEXT NOT NULL,
    extractor TEXT NOT NULL,
    declaration TEXT NOT NULL,
    title ANY NOT NULL,
    UNIQUE (url, language, extractor, declaration, title)
) STRICT;

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,   -- Version.id
    document_id INTEGER NOT NULL REFERENCES documents (id),
    observed_at INTEGER NOT NULL,
    text_id INTEGER NOT NULL REFERENCES texts (id),
    origin_id INTEGER NOT NULL REFERENCES origins (id)
) STRICT;
CREATE INDEX versions_in_order ON versions (document_id, observed_at, id);
CREATE INDEX versions_by_time ON versions (observed_at);

CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,   -- SHA-256 of the bytes
    size INTEGER NOT NULL,       -- of the bytes
    body BLOB NOT NULL           -- zstd
) STRICT;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    source ANY NOT NULL,
    url ANY NOT NULL,
    status INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    headers TEXT NOT NULL,       -- a JSON object
    body_id INTEGER NOT NULL REFERENCES bodies (id)
) STRICT;
CREATE INDEX captures_of_source ON captures (document_id, source, id);
CREATE INDEX captures_by_body ON captures (body_id);

CREATE TABLE version_captures (
    version_id INTEGER NOT NULL REFERENCES versions (id),
    position INTEGER NOT NULL,   -- in the order of the declared sources
    capture_id INTEGER NOT NULL REFERENCES captures (id) ON DELETE CASCADE,
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_captures_by_capture ON version_captures (capture_id);

CREATE TABLE faults (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    place ANY NOT NULL,
    what ANY NOT NULL,
    todo ANY NOT NULL,
    text_hash TEXT NOT NULL,     -- of a text that was held back, else ''
    UNIQUE (reason, place, what, todo, text_hash)
) STRICT;

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    fault_id INTEGER REFERENCES faults (id),
    version_id INTEGER REFERENCES versions (id)
) STRICT;
CREATE INDEX attempts_in_order ON attempts (document_id, id);

-- A change is what made a version out of the one before it.
CREATE TABLE changes (
    version_id INTEGER PRIMARY KEY REFERENCES versions (id),
    name TEXT NOT NULL UNIQUE,   -- Change.id
    before_id INTEGER REFERENCES versions (id),
    kind TEXT NOT NULL,
    news INTEGER NOT NULL CHECK (news IN (0, 1)),
    severity TEXT NOT NULL,
    edits BLOB NOT NULL,         -- kinds and lines, see edits.py; '' when there is none
    returned_to INTEGER          -- of a return, when the text that is back was first observed
) STRICT;

CREATE TABLE flags (
    change_id INTEGER NOT NULL REFERENCES changes (version_id),
    position INTEGER NOT NULL,
    topic TEXT NOT NULL,
    stance TEXT NOT NULL,
    effect TEXT NOT NULL,
    edit INTEGER NOT NULL,       -- its place among the change's edits
    before ANY,
    after ANY,
    evidence ANY NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX flags_by_topic ON flags (topic, change_id);

CREATE TABLE facts (
    change_id INTEGER NOT NULL REFERENCES changes (version_id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value ANY NOT NULL,
    quote ANY NOT NULL,
    line INTEGER NOT NULL,       -- where its passage starts in the new text, from 0
    "start" INTEGER NOT NULL,    -- of the quote in the passage's words, in characters
    "end" INTEGER NOT NULL,
    PRIMARY KEY (change_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id TEXT NOT NULL,            -- of the event, the same at every retry
    channel TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,          -- JSON
    change_id TEXT REFERENCES changes (name),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed', 'held')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    lease_until INTEGER,
    leased_by TEXT,
    last_error TEXT,
    delivered_at INTEGER,
    PRIMARY KEY (id, channel)
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_at);

CREATE TABLE endpoints (
    channel TEXT PRIMARY KEY,
    disabled_at INTEGER,
    reason TEXT,
    failing_since INTEGER
) STRICT;
"""
