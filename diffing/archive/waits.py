"""Waits: until when sites are not to be asked."""

import sqlite_utils

from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell
from diffing.wait import Wait


def all_of(database: sqlite_utils.Database) -> dict[str, Wait]:
    """Every wait, by its place."""
    rows = database.execute("SELECT place, until, failures FROM waits").fetchall()
    waits = (Wait(place=from_cell(place), until=from_ms(until), failures=count) for place, until, count in rows)
    return {wait.place: wait for wait in waits}


def keep(database: sqlite_utils.Database, wait: Wait) -> None:
    """Keep a wait, in place of the one for its place."""
    database.execute(
        "INSERT INTO waits (place, until, failures) VALUES (?, ?, ?)"
        " ON CONFLICT (place) DO UPDATE SET until = excluded.until, failures = excluded.failures",
        (cell(wait.place), to_ms(wait.until), wait.failures),
    )


def end(database: sqlite_utils.Database, place: str) -> None:
    """Forget the wait for a place."""
    database.execute("DELETE FROM waits WHERE place = ?", (cell(place),))
