"""What is remembered of sheaves is bounded by all that they hold."""

import sqlite_utils

from diffing.archive.sheaves import Sheaves


def test_what_a_sheaf_knows_of_others_counts_too() -> None:
    database = sqlite_utils.Database(memory=True)
    database.execute("CREATE TABLE texts (id INTEGER, sheaf INTEGER, first_passage INTEGER, body BLOB)")
    sheaves = Sheaves(300)
    first = sheaves.get(database, 1)
    sheaves.learn(first, {b"a" * 200: 1})
    assert sheaves.get(database, 1) is first
    second = sheaves.get(database, 2)
    sheaves.learn(second, {b"b" * 200: 2})
    assert sheaves.get(database, 2) is second
    assert sheaves.get(database, 1) is not first
