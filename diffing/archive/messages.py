"""Messages: what is to be told goes to the outbox in the same transaction as the version it tells of."""

from collections.abc import Iterable

import sqlite_utils

from diffing.archive.clock import to_ms
from diffing.archive.record import Message


def add(
    database: sqlite_utils.Database, messages: Iterable[Message], *, change_id: str | None = None, created_at: int
) -> None:
    """Put messages in the outbox, inside a transaction. One that is there already stays as it is."""
    database.conn.executemany(
        "INSERT INTO outbox (id, channel, event, body, change_id, created_at, next_at, digest, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id, channel) DO NOTHING",
        [
            (
                message.id,
                message.channel,
                message.event,
                message.body.encode("utf-8", "backslashreplace").decode(),  # a lone surrogate, as JSON escapes it
                change_id,
                created_at,
                to_ms(message.due_at),
                message.digest,
                "gathered" if message.digest else "waiting",
            )
            for message in messages
        ],
    )
