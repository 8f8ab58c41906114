"""Retention: drops deliveries that were made long ago. What waits, failed or is held is never dropped."""

from collections.abc import Mapping
from datetime import date, datetime

from alerts.event import EventType
from alerts.outbox import Store
from alerts.reminders import DATES
from diffing.archive.clock import to_ms

AT_ONCE = 5_000
"""Deliveries dropped in one transaction, for which other writers wait."""

_NAMES_A_DAY_TO_COME = """(
    outbox.event = :change AND EXISTS (
        SELECT 1 FROM changes JOIN facts ON facts.change_id = changes.version_id
        WHERE changes.name = outbox.change_id AND facts.name IN (:first, :second) AND facts.value >= :today)
    OR outbox.event = :reminder AND json_extract(outbox.body, '$.data.reminder.date') >= :today
)"""
"""Alerts somebody may still be reminded of, and such reminders: the outbox knows by them what it has told."""

_DELIVERED = f"""
SELECT rowid FROM outbox WHERE state = 'delivered' AND delivered_at < :before AND NOT {_NAMES_A_DAY_TO_COME}
LIMIT :most
"""  # noqa: S608

_TOLD_IN_A_DIGEST = f"""
SELECT rowid FROM outbox WHERE state = 'digested' AND created_at < :before AND NOT {_NAMES_A_DAY_TO_COME}
AND NOT EXISTS (SELECT 1 FROM outbox AS digest WHERE digest.id = outbox.digest_id AND digest.channel = outbox.channel)
LIMIT :most
"""  # noqa: S608


def drop_deliveries(store: Store, *, before: datetime, today: date) -> int:
    """Drop what was delivered before that moment, and what was told in digests that are gone; say how many.

    today: the earliest day that somewhere is not over yet. An alert that names that day or a later one stays.
    """
    values = {
        "before": to_ms(before),
        "today": today.isoformat(),
        "change": EventType.CHANGE,
        "reminder": EventType.REMINDER,
        "first": DATES[0],
        "second": DATES[1],
        "most": AT_ONCE,
    }
    return sum(_drop(store, chosen, values) for chosen in (_DELIVERED, _TOLD_IN_A_DIGEST))


def _drop(store: Store, chosen: str, values: Mapping[str, object]) -> int:
    dropped = 0
    while True:
        with store.writing() as database:
            done = database.execute(f"DELETE FROM outbox WHERE rowid IN ({chosen})", dict(values)).rowcount  # noqa: S608
        dropped += done
        if done < AT_ONCE:
            return dropped
