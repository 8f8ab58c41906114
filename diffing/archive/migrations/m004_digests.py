"""Alerts that are told together, and what reminders are found by."""

import secrets

from sqlite_utils import Database

from diffing.archive.migrations import script


def apply(database: Database) -> None:
    """Let the outbox gather alerts for a digest."""
    script.run(database, _TABLES)
    database.execute("INSERT INTO settings VALUES ('unsubscribe_key', ?)", (secrets.token_bytes(32),))


_TABLES = """
ALTER TABLE outbox RENAME TO outbox_before;

CREATE TABLE outbox (
    id TEXT NOT NULL,            -- of the event, the same at every retry
    channel TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,          -- JSON
    change_id TEXT REFERENCES changes (name),
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'delivered', 'failed', 'held', 'gathered', 'digested')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,    -- of a gathered one, when its digest is made up
    lease_until INTEGER,
    leased_by TEXT,
    last_error TEXT,
    delivered_at INTEGER,
    digest TEXT NOT NULL DEFAULT '', -- 'daily', 'weekly' or 'surplus': why it is told together with others
    digest_id TEXT,              -- id of the digest that tells it
    PRIMARY KEY (id, channel)
) STRICT;

INSERT INTO outbox (
    id, channel, event, body, change_id, created_at, state, attempts, next_at, lease_until, leased_by, last_error,
    delivered_at
) SELECT
    id, channel, event, body, change_id, created_at, state, attempts, next_at, lease_until, leased_by, last_error,
    delivered_at
FROM outbox_before ORDER BY rowid;

DROP TABLE outbox_before;

CREATE INDEX outbox_due ON outbox (state, next_at);

CREATE INDEX outbox_of_channel ON outbox (channel, state, next_at);

CREATE INDEX outbox_delivered ON outbox (channel, delivered_at);

CREATE INDEX outbox_by_change ON outbox (change_id);

CREATE INDEX outbox_by_digest ON outbox (digest_id);

CREATE INDEX facts_by_value ON facts (name, value)
"""
