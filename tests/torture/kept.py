"""Kept: what an archive holds, in a form two archives can be compared in."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_TABLES = {
    "versions": "SELECT name FROM versions",
    "changes": "SELECT name || ' ' || kind || ' ' || news FROM changes",
    "flags": "SELECT changes.name || ' ' || topic || ' ' || effect || ' ' || evidence FROM flags"
    " JOIN changes ON changes.version_id = flags.change_id",
    "facts": "SELECT changes.name || ' ' || facts.name || ' ' || value FROM facts"
    " JOIN changes ON changes.version_id = facts.change_id",
    "alerts": "SELECT id || ' ' || channel FROM outbox",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Rows by what they are, sorted: doubles would stand twice. sound: what SQLite says of the file."""

    rows: dict[str, tuple[str, ...]]
    sound: str

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {name: len(rows) for name, rows in self.rows.items()}


def kept(path: Path) -> Kept:
    """Read an archive that nobody writes to."""
    with closing(sqlite3.connect(path)) as database:
        (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        dangling = database.execute("PRAGMA foreign_key_check").fetchall()
        rows = {name: tuple(sorted(str(row[0]) for row in database.execute(sql))) for name, sql in _TABLES.items()}
    return Kept(rows=rows, sound=str(sound) if not dangling else "rows point to others that are gone")


def differences(found: Kept, wanted: Kept) -> dict[str, dict[str, int]]:
    """For each sort of row, how many are lost and how many are there that should not be, doubles among them."""
    told = {}
    for name, rows in wanted.rows.items():
        lost, more = list(rows), []
        for row in found.rows[name]:
            if row in lost:
                lost.remove(row)
            else:
                more.append(row)
        told[name] = {"reference": len(rows), "lost": len(lost), "doubled": len(more)}
    return told
