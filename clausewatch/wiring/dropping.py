"""Dropping: what [keeping] says is old."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.retention import drop_deliveries
from clausewatch.config import Config
from clausewatch.due import interval
from clausewatch.errors import ConfigError
from clausewatch.wiring.keeping import now_utc
from diffing.archive import Archive
from diffing.archive.retention import Dropped as Captures

LEAST = timedelta(days=30)
"""Deliveries of the last 30 days always stay: a receiver that was down for weeks asks for them again."""
ZONES = timedelta(hours=12)
"""How far the last time zone is behind UTC: where a day is over last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What was dropped. size: bytes of pages, as they were fetched, that are no longer kept."""

    captures: int
    size: int
    deliveries: int


def drop_old(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Dropped:
    """Drop what [keeping] says is old. Raises ConfigError where it cannot be followed."""
    return dropper(config, kept, now=now)()


def dropper(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Callable[[], Dropped]:
    """A function that drops what is old, for who calls it again and again. Raises ConfigError as it is made."""
    newest = config.keeping.captures_newest
    captures_for, deliveries_for = ages(config)

    def drop() -> Dropped:
        captures = Captures(captures=0, size=0)
        if captures_for is not None or newest:
            before = now() - captures_for if captures_for is not None else None
            captures = kept.drop_captures(before=before, newest=newest or None)
        deliveries = 0
        if deliveries_for is not None:
            today = (now() - ZONES).date()
            deliveries = drop_deliveries(kept, before=now() - deliveries_for, today=today)
        return Dropped(captures=captures.captures, size=captures.size, deliveries=deliveries)

    return drop


def ages(config: Config) -> tuple[timedelta | None, timedelta | None]:
    """How long captures and deliveries are kept; None: for ever. Raises ConfigError where it cannot be followed."""
    told = config.keeping
    captures_for = _age(told.captures_for, "keeping.captures_for")
    deliveries_for = _age(told.deliveries_for, "keeping.deliveries_for")
    if deliveries_for is not None and deliveries_for < LEAST:
        raise ConfigError(
            "keeping.deliveries_for", f"{told.deliveries_for!r} is less than 30 days", "write 30d or more: 52w"
        )
    return captures_for, deliveries_for


def _age(text: str, where: str) -> timedelta | None:
    return interval(text, where) if text else None
