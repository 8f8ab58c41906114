"""Outbox: what is to be told, kept in the archive until it is delivered.

An alert is written in the transaction that stores its change, leased by whoever sends it, and marked delivered only
after the receiver took it. A process killed in between leaves a lease that runs out, and the alert is sent again under
the same id: at least once, and once for a receiver that checks the id.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlite_utils

from alerts.delivery import Delivery, State
from alerts.errors import UnknownDelivery
from alerts.schedule import next_attempt
from diffing.archive import messages as archive_messages
from diffing.archive.clock import from_ms, from_ms_or_none, to_ms
from diffing.archive.record import Message

MAX_ERROR = 300
"""Characters of an error that are kept."""
KEEPS_FAILING = timedelta(days=3)
"""After this long without a success, the last failed attempt disables the channel. The schedule ends after 3.1 days."""


class Store(Protocol):
    """What the outbox asks of the archive: the database, to this thread alone; `writing` is one transaction."""

    def reading(self) -> AbstractContextManager[sqlite_utils.Database]:
        """Give the database for reading."""

    def writing(self) -> AbstractContextManager[sqlite_utils.Database]:
        """Give the database for one transaction, undone when the block raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """How a channel fares. disabled_at, reason: since when and why nothing is sent there; None, "" while it works.

    failing_since: when the first failure since the last success was; None when the last attempt succeeded.
    """

    channel: str
    disabled_at: datetime | None
    reason: str
    failing_since: datetime | None


Notice = Callable[[Endpoint, int], Iterable[Message]]
"""Who is told that a channel was disabled: given how it fares and how many alerts it holds, messages for others."""


class Outbox:
    """The alerts that wait, and what became of the others. Every call is one transaction; times are aware, UTC.

    notice: tells of a channel that is disabled, in the transaction that disables it.
    """

    def __init__(self, store: Store, *, notice: Notice = lambda endpoint, held: ()) -> None:
        self._store = store
        self._notice = notice

    @property
    def store(self) -> Store:
        """Where it is kept."""
        return self._store

    def add(self, messages: Iterable[Message], now: datetime) -> None:
        """Put messages that belong to no new version (a test, a fault) in the outbox; those already there stay."""
        with self._store.writing() as database:
            archive_messages.add(database, messages, created_at=to_ms(now))

    def lease(
        self, now: datetime, worker: str, *, limit: int, seconds: float, channels: Collection[str] | None = None
    ) -> tuple[Delivery, ...]:
        """Take up to `limit` deliveries that are due, the longest due first, for `seconds`; no other worker gets them.

        channels: only these; None means all. What a dead worker had leased is due again when its lease has run out,
        with that attempt counted: nobody knows how far it came.
        """
        chosen = "" if channels is None else f"AND channel IN ({_marks(channels)})"
        with self._store.writing() as database:
            _hold(database)
            _reap(database, now)
            rows = database.query(
                "SELECT * FROM outbox WHERE state = 'waiting' AND next_at <= ?"  # noqa: S608 - question marks only
                f" AND leased_by IS NULL {chosen} ORDER BY next_at, rowid LIMIT ?",
                [to_ms(now), *(channels or ()), limit],
            )
            until = now + timedelta(seconds=seconds)
            leased = tuple(replace(delivery_of(row), leased_by=worker, lease_until=until) for row in rows)
            database.conn.executemany(
                "UPDATE outbox SET leased_by = ?, lease_until = ? WHERE id = ? AND channel = ?",
                [(worker, to_ms(until), d.id, d.channel) for d in leased],
            )
        return leased

    def extend(self, deliveries: Iterable[Delivery], worker: str, now: datetime, seconds: float) -> None:
        """Keep leases that `worker` still has for `seconds` more, counted from `now`."""
        until = to_ms(now + timedelta(seconds=seconds))
        self._write(
            "UPDATE outbox SET lease_until = ? WHERE id = ? AND channel = ? AND leased_by = ?",
            [(until, d.id, d.channel, worker) for d in deliveries],
        )

    def release(self, deliveries: Iterable[Delivery], worker: str) -> None:
        """Give back leases untried; that is no attempt."""
        self._write(
            "UPDATE outbox SET leased_by = NULL, lease_until = NULL WHERE id = ? AND channel = ? AND leased_by = ?",
            [(d.id, d.channel, worker) for d in deliveries],
        )

    def reap(self, now: datetime) -> int:
        """Free the leases that have run out, each as one attempt more, and say how many. `lease` does so too."""
        with self._store.writing() as database:
            return _reap(database, now)

    def succeeded(self, delivery: Delivery, now: datetime) -> None:
        """The receiver took it. True whoever holds the lease by now: what was delivered was delivered."""
        with self._store.writing() as database:
            database.execute(
                "UPDATE outbox SET state = 'delivered', attempts = attempts + 1, delivered_at = ?, last_error = NULL,"
                " leased_by = NULL, lease_until = NULL WHERE id = ? AND channel = ? AND state != 'delivered'",
                [to_ms(now), delivery.id, delivery.channel],
            )
            database.execute("UPDATE endpoints SET failing_since = NULL WHERE channel = ?", [delivery.channel])

    def failed(
        self, delivery: Delivery, worker: str, now: datetime, error: str, retry_after: timedelta | None = None
    ) -> State:
        """An attempt failed: set the next one, or give up after the last. Says how the delivery stands now.

        When nothing has reached the channel for `KEEPS_FAILING` by the last attempt, it is the channel that is given
        up: it is disabled, and this delivery is held with all that wait for it. A worker whose lease has run out
        changes nothing: another is trying by now.
        """
        attempts = delivery.attempts + 1
        due = next_attempt(now, attempts, f"{delivery.id} {delivery.channel}", retry_after)
        with self._store.writing() as database:
            cursor = database.execute(
                "UPDATE outbox SET state = ?, attempts = ?, next_at = ?, last_error = ?, leased_by = NULL,"
                " lease_until = NULL WHERE id = ? AND channel = ? AND leased_by = ? AND state = 'waiting'",
                [
                    State.FAILED if due is None else State.WAITING,
                    attempts,
                    to_ms(due or now),
                    error[:MAX_ERROR],
                    delivery.id,
                    delivery.channel,
                    worker,
                ],
            )
            if cursor.rowcount:
                since = _failing_since(database, delivery.channel, now)
                if due is None and now - since >= KEEPS_FAILING:
                    _hold_given_up(database, delivery)
                    self.disable(delivery.channel, f"nothing delivered since {since:%Y-%m-%d %H:%M} UTC: {error}", now)
            (row,) = database.query(
                "SELECT state FROM outbox WHERE id = ? AND channel = ?", [delivery.id, delivery.channel]
            )
        return State(row["state"])

    def postpone(self, channel: str, until: datetime) -> None:
        """Let everything that waits for a channel out of reach wait at least until then; no attempt counts."""
        self._write(
            "UPDATE outbox SET next_at = max(next_at, ?) WHERE channel = ? AND state = 'waiting'",
            [(to_ms(until), channel)],
        )

    def disable(self, channel: str, reason: str, now: datetime) -> None:
        """Send nothing more to a channel; what waits for it is held until it is enabled, and `notice` tells of it.

        One that is disabled already stays as it is.
        """
        with self._store.writing() as database:
            done = _rowcount(
                database,
                "INSERT INTO endpoints (channel, disabled_at, reason) VALUES (?, ?, ?) ON CONFLICT (channel)"
                " DO UPDATE SET disabled_at = excluded.disabled_at, reason = excluded.reason"
                " WHERE disabled_at IS NULL",
                [channel, to_ms(now), reason[:MAX_ERROR]],
            )
            _hold(database)
            if done:
                (endpoint,) = (one for one in self.endpoints() if one.channel == channel)
                sql = "SELECT count(*) FROM outbox WHERE channel = ? AND state = 'held'"
                ((held,),) = database.execute(sql, [channel]).fetchall()
                archive_messages.add(database, self._notice(endpoint, held), created_at=to_ms(now))

    def enable(self, channel: str, now: datetime) -> int:
        """Send to a channel again; what was held or had been given up is due at once. Says how many those are."""
        with self._store.writing() as database:
            database.execute(
                "UPDATE endpoints SET disabled_at = NULL, reason = NULL, failing_since = NULL WHERE channel = ?",
                [channel],
            )
            return _rowcount(database, _REVIVE + "channel = ? AND state IN ('held', 'failed')", [to_ms(now), channel])

    def retry(self, delivery_id: str, now: datetime, channel: str | None = None) -> int:
        """Make an alert due at once, with all its attempts before it, on one channel or all; also one delivered before.

        It keeps its id. Says on how many channels; raises UnknownDelivery when there is none.
        """
        clause = "id = ?" if channel is None else "id = ? AND channel = ?"
        with self._store.writing() as database:
            count = _rowcount(
                database, _REVIVE + clause, [to_ms(now), delivery_id, *([] if channel is None else [channel])]
            )
        if not count:
            raise UnknownDelivery(delivery_id, "no alert has that id", "list them: clausewatch alerts list")
        return count

    def replay(self, now: datetime, *, channel: str, since: datetime, until: datetime | None = None) -> int:
        """Make all alerts made for a channel from `since` up to `until` due again, for a receiver that lost them.

        They keep their ids. What was told in a digest comes again in that digest. Says how many.
        """
        clause = "channel = ? AND created_at >= ? AND created_at < ? AND state IN ('delivered', 'failed', 'held')"
        end = to_ms(until) if until is not None else to_ms(now) + 1
        with self._store.writing() as database:
            return _rowcount(database, _REVIVE + clause, [to_ms(now), channel, to_ms(since), end])

    def get(self, delivery_id: str) -> tuple[Delivery, ...]:
        """Return an alert's deliveries, by channel; raises UnknownDelivery when there is none."""
        found = self._query("id = ? ORDER BY channel", [delivery_id])
        if not found:
            raise UnknownDelivery(delivery_id, "no alert has that id", "list them: clausewatch alerts list")
        return found

    def list(self, *, state: State | None = None, channel: str | None = None, limit: int = 100) -> tuple[Delivery, ...]:
        """Return deliveries, the newest alert first."""
        filters = {"state = ?": state, "channel = ?": channel}
        wanted = {clause: value for clause, value in filters.items() if value is not None}
        clause = " AND ".join(["1", *wanted]) + " ORDER BY created_at DESC, rowid DESC LIMIT ?"
        return self._query(clause, [*wanted.values(), limit])

    def waiting(self) -> int:
        """How many deliveries wait."""
        with self._store.reading() as database:
            ((number,),) = database.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchall()
        return int(number)

    def counts(self) -> Mapping[State, int]:
        """How many deliveries there are in each state."""
        with self._store.reading() as database:
            rows = list(database.query("SELECT state, count(*) AS number FROM outbox GROUP BY state"))
        return {State(row["state"]): row["number"] for row in rows}

    def oldest_waiting(self) -> datetime | None:
        """When the oldest alert was made that still waits for a first or another attempt; None when none does."""
        with self._store.reading() as database:
            (row,) = database.query("SELECT min(created_at) AS made_at FROM outbox WHERE state = 'waiting'")
        return from_ms_or_none(row["made_at"])

    def next_due(self) -> datetime | None:
        """When the next waiting delivery, or digest of gathered ones, is due; None when nothing waits."""
        with self._store.reading() as database:
            (row,) = database.query("SELECT min(next_at) AS next_at FROM outbox WHERE state IN ('waiting', 'gathered')")
        return None if row["next_at"] is None else from_ms(row["next_at"])

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return the channels that failed or were disabled at some time, by name."""
        with self._store.reading() as database:
            rows = list(database.query("SELECT * FROM endpoints ORDER BY channel"))
        return tuple(
            Endpoint(
                channel=row["channel"],
                disabled_at=from_ms_or_none(row["disabled_at"]),
                reason=row["reason"] or "",
                failing_since=from_ms_or_none(row["failing_since"]),
            )
            for row in rows
        )

    def _query(self, clause: str, values: Sequence[Any]) -> tuple[Delivery, ...]:
        with self._store.reading() as database:
            return tuple(map(delivery_of, list(database.query(f"SELECT * FROM outbox WHERE {clause}", values))))  # noqa: S608

    def _write(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._store.writing() as database:
            database.conn.executemany(sql, rows)


_REVIVE = (
    "UPDATE outbox SET state = 'waiting', attempts = 0, next_at = ?, delivered_at = NULL, leased_by = NULL,"
    " lease_until = NULL WHERE "
)


def _reap(database: sqlite_utils.Database, now: datetime) -> int:
    return _rowcount(
        database,
        "UPDATE outbox SET leased_by = NULL, lease_until = NULL, attempts = attempts + 1,"
        " last_error = 'whoever sent it ended before it said what came of it'"
        " WHERE state = 'waiting' AND lease_until <= ?",
        [to_ms(now)],
    )


def _hold(database: sqlite_utils.Database) -> None:
    """Set aside what waits for a disabled channel, also what came after it was disabled."""
    disabled = [row[0] for row in database.execute("SELECT channel FROM endpoints WHERE disabled_at IS NOT NULL")]
    if disabled:
        database.execute(
            "UPDATE outbox SET state = 'held', leased_by = NULL, lease_until = NULL"  # noqa: S608
            f" WHERE state = 'waiting' AND channel IN ({_marks(disabled)})",
            disabled,
        )


def _hold_given_up(database: sqlite_utils.Database, delivery: Delivery) -> None:
    database.execute(
        "UPDATE outbox SET state = 'held' WHERE id = ? AND channel = ? AND state = 'failed'",
        [delivery.id, delivery.channel],
    )


def _failing_since(database: sqlite_utils.Database, channel: str, now: datetime) -> datetime:
    """Note that a channel failed, and return when its failing began."""
    database.execute(
        "INSERT INTO endpoints (channel, failing_since) VALUES (?, ?) ON CONFLICT (channel)"
        " DO UPDATE SET failing_since = coalesce(failing_since, excluded.failing_since)",
        [channel, to_ms(now)],
    )
    (row,) = database.query("SELECT failing_since FROM endpoints WHERE channel = ?", [channel])
    return from_ms(row["failing_since"])


def _rowcount(database: sqlite_utils.Database, sql: str, values: Sequence[Any]) -> int:
    return int(database.execute(sql, values).rowcount)


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def delivery_of(row: Mapping[str, Any]) -> Delivery:
    """Read a row of the outbox."""
    return Delivery(
        id=row["id"],
        channel=row["channel"],
        event=row["event"],
        body=row["body"],
        state=State(row["state"]),
        attempts=row["attempts"],
        created_at=from_ms(row["created_at"]),
        next_at=from_ms(row["next_at"]),
        lease_until=from_ms_or_none(row["lease_until"]),
        leased_by=row["leased_by"] or "",
        last_error=row["last_error"] or "",
        delivered_at=from_ms_or_none(row["delivered_at"]),
        digest=row["digest"],
        digest_id=row["digest_id"] or "",
    )
