"""Script: runs several statements inside the transaction of a migration."""

import sqlite3

from sqlite_utils import Database


def run(database: Database, statements: str) -> None:
    """Run statements one by one. `executescript` would end the transaction, and a kill would leave half a step."""
    statement = ""
    for line in statements.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""
    if statement.strip():
        database.execute(statement)
