"""Names: the ids people type, whole or only their first characters."""

from typing import Literal

import sqlite_utils

SHORTEST = 4
"""Characters of an id that are worth looking up; fewer fit too many."""


def row_named(database: sqlite_utils.Database, table: Literal["changes", "versions"], name: str) -> int | None:
    """The row whose id is `name`, or the only one whose id begins with it; None when there is none or several."""
    key = "version_id" if table == "changes" else "id"
    if len(name) < SHORTEST:
        return None
    rows = database.execute(
        f"SELECT {key} FROM {table} WHERE name >= ? AND name < ? LIMIT 2",  # noqa: S608 - names of our own
        (name, name + "g"),  # ids are hexadecimal, so "g" stands right behind the last of them
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None
