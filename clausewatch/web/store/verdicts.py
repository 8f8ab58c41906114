"""Verdicts: what readers said of changes and flags."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlite_utils

from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell

Said = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """That a topic's flag on a change is right or wrong, by whom and why. effect: the right one, "" where it is."""

    topic: str
    verdict: Said
    effect: str
    reason: str
    reader: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """That a reader has seen a change."""

    note: str
    reader: str
    at: datetime


def of_change(database: sqlite_utils.Database, change: int) -> tuple[Verdict, ...]:
    """The verdicts on a change, oldest first."""
    rows = database.execute(
        "SELECT topic, verdict, effect, reason, reader, at FROM verdicts WHERE change_id = ? ORDER BY id", (change,)
    )
    return tuple(
        Verdict(
            topic=topic,
            verdict=verdict,
            effect=effect or "",
            reason=from_cell(reason),
            reader=from_cell(reader),
            at=from_ms(at),
        )
        for topic, verdict, effect, reason, reader, at in rows.fetchall()
    )


def acknowledged(database: sqlite_utils.Database, change: int) -> tuple[Note, ...]:
    """Who has seen a change, oldest first."""
    rows = database.execute("SELECT note, reader, at FROM acknowledgements WHERE change_id = ? ORDER BY id", (change,))
    return tuple(
        Note(note=from_cell(note), reader=from_cell(reader), at=from_ms(at)) for note, reader, at in rows.fetchall()
    )


def judge(database: sqlite_utils.Database, change: int, verdict: Verdict) -> None:
    """Keep a verdict. Inside a transaction."""
    database.execute(
        "INSERT INTO verdicts (change_id, topic, verdict, effect, reason, reader, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            change,
            verdict.topic,
            verdict.verdict,
            verdict.effect or None,
            cell(verdict.reason),
            cell(verdict.reader),
            to_ms(verdict.at),
        ),
    )


def acknowledge(database: sqlite_utils.Database, change: int, note: Note) -> None:
    """Keep that a change was seen. Inside a transaction."""
    database.execute(
        "INSERT INTO acknowledgements (change_id, note, reader, at) VALUES (?, ?, ?, ?)",
        (change, cell(note.note), cell(note.reader), to_ms(note.at)),
    )
