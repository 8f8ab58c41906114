"""Gathered: alerts that wait to be told together, and the transaction that makes a digest of them.

Nothing can fall between: a digest is put into the outbox, and the alerts it tells are marked as told in it, in one
transaction. Until then they are rows that wait; afterwards the digest is a delivery like any other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import sqlite_utils

from alerts.delivery import Delivery
from alerts.digest import digests
from alerts.outbox import Store, delivery_of
from alerts.routing import message
from diffing.archive import messages
from diffing.archive.clock import from_ms, to_ms

SURPLUS = "surplus"
"""Why alerts are told together that came faster than their channel takes them."""


class Gathered:
    """The gathered part of the outbox. Every call is one transaction; times are aware, UTC."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def form(self, now: datetime) -> int:
        """Make digests of what is gathered and due, and say how many alerts that were.

        An alert that is alone is not wrapped: it goes as it is.
        """
        with self._store.writing() as database:
            rows = database.query(
                "SELECT * FROM outbox WHERE state = 'gathered' AND next_at <= ? ORDER BY channel, digest, rowid",
                [to_ms(now)],
            )
            due = [delivery_of(row) for row in rows]
            for (_, why), group in groupby(due, key=lambda one: (one.channel, one.digest)):
                self._tell(database, tuple(group), why, now)
        return len(due)

    def fold(self, channel: str, now: datetime, *, limit: int, per: timedelta) -> int:
        """Gather what is due on a channel beyond the `limit` alerts it takes in any `per`; say how many alerts.

        One place is kept for their digest. When there is none left, the digest waits until the first of the alerts
        sent is `per` ago. What was tried before is not gathered: it may have arrived, and keeps its own id.
        """
        with self._store.writing() as database:
            room, free_at = _room(database, channel, now, limit, per)
            rows = database.query(
                "SELECT * FROM outbox WHERE channel = ? AND state = 'waiting' AND next_at <= ? AND leased_by IS NULL"
                " AND attempts = 0 AND event != 'digest' ORDER BY next_at, rowid",
                [channel, to_ms(now)],
            )
            due = [delivery_of(row) for row in rows]
            surplus = due[max(room - 1, 0) :] if len(due) > room else []
            _mark(
                database,
                "UPDATE outbox SET state = 'gathered', digest = ?, next_at = ? WHERE id = ? AND channel = ?",
                [(SURPLUS, to_ms(now if room else free_at), one.id, one.channel) for one in surplus],
            )
        return len(surplus)

    def room(self, channel: str, now: datetime, *, limit: int, per: timedelta) -> int:
        """How many more alerts a channel takes just now."""
        with self._store.reading() as database:
            return _room(database, channel, now, limit, per)[0]

    def _tell(self, database: sqlite_utils.Database, told: Sequence[Delivery], why: str, now: datetime) -> None:
        if len(told) == 1:
            _mark(
                database,
                "UPDATE outbox SET state = 'waiting', next_at = ? WHERE id = ? AND channel = ?",
                [(to_ms(now), one.id, one.channel) for one in told],
            )
            return
        for event, part in digests(told, why, now):
            messages.add(database, [message(event, part[0].channel, due_at=now)], created_at=to_ms(now))
            _mark(
                database,
                "UPDATE outbox SET state = 'digested', digest_id = ? WHERE id = ? AND channel = ?",
                [(event.id, one.id, one.channel) for one in part],
            )


def _room(
    database: sqlite_utils.Database, channel: str, now: datetime, limit: int, per: timedelta
) -> tuple[int, datetime]:
    """How many more a channel takes, and when there is room again if there is none."""
    sql = "SELECT delivered_at FROM outbox WHERE channel = ? AND delivered_at > ? ORDER BY delivered_at DESC LIMIT ?"
    sent = [row[0] for row in database.execute(sql, [channel, to_ms(now - per), limit]).fetchall()]
    on_their_way = "SELECT count(*) FROM outbox WHERE channel = ? AND state = 'waiting' AND lease_until > ?"
    ((leased,),) = database.execute(on_their_way, [channel, to_ms(now)]).fetchall()
    return max(limit - len(sent) - int(leased), 0), from_ms(sent[-1]) + per if sent else now


def _mark(database: sqlite_utils.Database, sql: str, rows: Iterable[Sequence[object]]) -> None:
    database.conn.executemany(sql, rows)
