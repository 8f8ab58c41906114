"""Rows that many attempts point to: what stays the same for weeks is kept once."""

from collections.abc import Mapping

import sqlite_utils


def row_of(database: sqlite_utils.Database, table: str, values: Mapping[str, str | bytes]) -> int:
    """The id of the row with these values, inside a transaction; it is made where there is none."""
    where = " AND ".join(f"{column} = ?" for column in values)
    given = tuple(values.values())
    row = database.execute(f"SELECT id FROM {table} WHERE {where}", given).fetchone()  # noqa: S608 - names of our own
    if row is None:
        marks = ", ".join("?" * len(given))
        insert = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) RETURNING id"  # noqa: S608 - likewise
        row = database.conn.execute(insert, given).fetchone()
    return int(row[0])
