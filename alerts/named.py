"""Named: the alerts in the outbox whose changes name a date that is near, as `reminders` needs them."""

from collections.abc import Collection, Iterator
from datetime import date

import sqlite_utils

from alerts.delivery import Delivery
from alerts.outbox import Store, delivery_of
from alerts.reminders import DATES, Later, Named


def named(store: Store, first: date, last: date, channels: Collection[str]) -> tuple[Named, ...]:
    """Read the alerts told, or to be told, on one of the channels whose change names a day from `first` to `last`."""
    with store.reading() as database:
        rows = database.query(
            "SELECT DISTINCT outbox.*, changes.version_id FROM facts"
            " JOIN changes ON changes.version_id = facts.change_id"
            " JOIN outbox ON outbox.change_id = changes.name"
            " WHERE facts.name IN (?, ?) AND facts.value BETWEEN ? AND ? AND outbox.event = 'policy.change'",
            [*DATES, first.isoformat(), last.isoformat()],
        )
        told = [(delivery_of(row), int(row["version_id"])) for row in rows if row["channel"] in channels]
        return tuple(_named(database, delivery, version) for delivery, version in told)


def _named(database: sqlite_utils.Database, delivery: Delivery, version: int) -> Named:
    return Named(alert=delivery, later=tuple(_later(database, version)))


def _later(database: sqlite_utils.Database, version: int) -> Iterator[Later]:
    rows = database.execute(
        "SELECT later.version_id, later.kind FROM changes AS later JOIN versions ON versions.id = later.version_id"
        " JOIN versions AS told ON told.id = ? AND told.document_id = versions.document_id"
        " WHERE later.news AND (versions.observed_at, versions.id) > (told.observed_at, told.id)"
        " ORDER BY versions.observed_at, versions.id",
        [version],
    ).fetchall()
    for change, kind in rows:
        yield Later(kind=kind, dates=_dates(database, change), flags=_flags(database, change))


def _dates(database: sqlite_utils.Database, change: int) -> dict[str, frozenset[str]]:
    sql = "SELECT value FROM facts WHERE change_id = ? AND name = ?"
    return {name: frozenset(str(row[0]) for row in database.execute(sql, [change, name]).fetchall()) for name in DATES}


def _flags(database: sqlite_utils.Database, change: int) -> frozenset[tuple[str, str]]:
    rows = database.execute("SELECT topic, effect FROM flags WHERE change_id = ?", [change]).fetchall()
    return frozenset((str(topic), str(effect)) for topic, effect in rows)
