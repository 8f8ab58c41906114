"""Index: what is searched and blamed by, made from what is kept, some time after it was kept.

Recording does not wait for it. A mark says up to which version it reaches, and is moved in the transaction that adds
what lies before it: an index that was cut off goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import sqlite_utils

from diffing.archive import changes, stands
from diffing.archive.codec import from_cell
from diffing.archive.connection import Connection
from diffing.archive.errors import LockedArchive
from diffing.archive.memory import Memory
from diffing.archive.texts import Texts
from diffing.archive.versions import Versions
from diffing.archive.wordings import FORM, Wordings
from diffing.block import Block
from diffing.topics.speaking import Speaking

PORTION = 128
"""Versions a transaction: about 0.1 s, in which other writers wait."""

LITTLE = 50
"""Versions that a question adds by itself before it is answered; more are left to `catch_up`."""

PATIENCE_MS = 50
"""How long a question waits for another writer before it is answered without the newest versions."""

_MARK = "SELECT coalesce((SELECT value FROM settings WHERE name = 'indexed'), 0)"
_BEHIND = """
SELECT document_id, count(*) FROM versions JOIN documents ON documents.id = document_id
WHERE versions.id > ? AND versions.id > documents.indexed GROUP BY document_id ORDER BY document_id
"""

_SPEAKER = """
SELECT origins.language, documents.service FROM versions JOIN origins ON origins.id = versions.origin_id
JOIN documents ON documents.id = versions.document_id WHERE versions.id = ?
"""


class _Row(NamedTuple):
    """A version by its rows."""

    id: int
    text_id: int


class Index:
    """Keeps the index up with the versions."""

    def __init__(
        self, connection: Connection, texts: Texts, versions: Versions, memory: Memory, speaking: Speaking | None
    ) -> None:
        self._connection = connection
        self._speaking = speaking
        self._texts = texts
        self._versions = versions
        self.wordings = Wordings(connection, texts, most=memory.wordings)

    def read_by(self, speaking: Speaking) -> None:
        """From now on tell by these what a passage speaks of."""
        self._speaking = speaking

    def behind(self) -> int:
        """How many versions it does not hold yet."""
        with self._connection.reading() as database:
            if self._stale(database):
                return int(database.execute("SELECT count(*) FROM versions").fetchone()[0])
            mark, last = _marks(database)
            return sum(count for _, count in _waiting(database, mark)) if mark < last else 0

    def catch_up(self, on_progress: Callable[[int], None] = lambda left: None) -> None:
        """Add all versions it does not hold yet. on_progress: told how many are left."""
        self._begin()
        with self._connection.reading() as database:
            mark, last = _marks(database)
            waiting = _waiting(database, mark) if mark < last else []
        left = sum(count for _, count in waiting)
        for document_id, _ in waiting:
            for done in self._document(document_id):
                left = max(left - done, 0)
                on_progress(left)
        if mark < last:
            with self._connection.writing() as database:
                _set(database, "indexed", last)

    def catch_up_a_little(self) -> int:
        """Add what is new, if it is little and nobody else is writing. Returns how many versions are still missing."""
        left = self.behind()
        if not 0 < left <= LITTLE:
            return left
        with self._connection.reading() as database:
            patience = database.execute("PRAGMA busy_timeout").fetchone()[0]
            database.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
            try:
                self.catch_up()
            except LockedArchive:
                return left
            finally:
                database.execute(f"PRAGMA busy_timeout = {patience}")
        return 0

    def _begin(self) -> None:
        """Start anew when passages were read differently by the program that made the index, or by other topics."""
        with self._connection.reading() as database:
            if not self._stale(database):
                return
        self.wordings.forget()
        with self._connection.writing() as database:
            for sql in (
                "DELETE FROM wordings",
                "DELETE FROM holdings",
                "DELETE FROM flagged",
                "INSERT INTO wording_index (wording_index) VALUES ('delete-all')",
                "UPDATE documents SET indexed = 0",
            ):
                database.conn.execute(sql)
            _set(database, "indexed", 0)
            _set(database, "index_form", FORM)
            if self._speaking is not None:
                _set(database, "index_topics", self._speaking.mark)

    def _stale(self, database: sqlite_utils.Database) -> bool:
        if _get(database, "index_form") != FORM:
            return True
        if self._speaking is None or _get(database, "index_topics") == self._speaking.mark:
            return False
        return self._speaking.readable  # or the index stays as it is until they can be read again

    def _document(self, document_id: int) -> Iterator[int]:
        """Add what is new of a document, in portions; yields how many versions each had."""
        while True:
            with self._connection.writing() as database:
                before, rows = _next(database, document_id)
                if not rows:
                    return
                self._add(database, document_id, before, rows)
                reached = max(row.id for row in rows)
                database.conn.execute("UPDATE documents SET indexed = ? WHERE id = ?", (reached, document_id))
            yield len(rows)

    def _add(
        self, database: sqlite_utils.Database, document_id: int, before: _Row | None, rows: Sequence[_Row]
    ) -> None:
        """Add versions that follow one another, and `before`, the one before them that is there already."""
        texts = {row.text_id for row in rows} | ({before.text_id} if before else set())
        lists = {text_id: frozenset(self._texts.numbers(text_id)) for text_id in sorted(texts)}
        new = self.wordings.learn(database, frozenset[int]().union(*lists.values()))
        database.conn.executemany(
            "INSERT INTO wording_index (rowid, words) VALUES (?, ?)",
            ((number, _storable(block.text)) for number, block in new),
        )
        self._add_spoken(database, rows[-1], new)
        stood = self.wordings.of(lists[before.text_id]) if before else frozenset[int]()
        stands.add(database, document_id, stood, [(row.id, self.wordings.of(lists[row.text_id])) for row in rows])
        self._add_flagged(database, [row.id for row in rows])

    def _add_spoken(self, database: sqlite_utils.Database, last: _Row, new: Sequence[tuple[int, Block]]) -> None:
        """Note of which topics new wordings speak. last: the newest version that was added with them."""
        if self._speaking is None or not new:
            return
        if not self._speaking.readable:
            _set(database, "index_topics", "")  # it is made anew once the topics can be read
            return
        language, service = database.execute(_SPEAKER, (last.id,)).fetchone()
        spoken = [
            (topic, number)
            for number, block in new
            if block.kind is not None
            for topic in self._speaking.of(block.text, block.kind, from_cell(language), from_cell(service))
        ]
        database.conn.executemany("INSERT OR IGNORE INTO flagged (topic, wording) VALUES (?, ?)", spoken)

    def _add_flagged(self, database: sqlite_utils.Database, rows: Sequence[int]) -> None:
        marks = ",".join("?" * len(rows))
        flagged = database.execute(f"SELECT DISTINCT change_id FROM flags WHERE change_id IN ({marks})", rows)  # noqa: S608
        for (row,) in flagged.fetchall():
            change = changes.get(database, self._versions, row)
            told: dict[str, set[str]] = {}
            for flag in change.judgement.flags:
                edit = change.judgement.edits[flag.edit]
                told.setdefault(flag.topic, set()).update(side.text for side in (*edit.olds, *edit.news))
            for topic, texts in told.items():
                database.conn.executemany(
                    "INSERT OR IGNORE INTO flagged (topic, wording) VALUES (?, ?)",
                    [(topic, number) for number in self.wordings.named(database, texts).values()],
                )


def _marks(database: sqlite_utils.Database) -> tuple[int, int]:
    """Up to which version the index reaches, and which is the last."""
    last = database.execute("SELECT coalesce(max(id), 0) FROM versions").fetchone()[0]
    return database.execute(_MARK).fetchone()[0], last


def _get(database: sqlite_utils.Database, name: str) -> object:
    row = database.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return row and row[0]


def _waiting(database: sqlite_utils.Database, mark: int) -> list[tuple[int, int]]:
    """Documents with versions that are missing, and how many."""
    return list(database.execute(_BEHIND, (mark,)).fetchall())


def _set(database: sqlite_utils.Database, name: str, value: int | str) -> None:
    database.conn.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))


def _next(database: sqlite_utils.Database, document_id: int) -> tuple[_Row | None, list[_Row]]:
    """The versions of a document to be added next, and the one before them.

    A version that was recorded late, between older ones, has the document added anew. `documents.indexed` stands for
    all versions up to it, so what was recorded out of order is added in one portion.
    """
    indexed = database.execute("SELECT indexed FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    rows = [
        _Row(*row)
        for row in database.execute(
            "SELECT id, text_id FROM versions WHERE document_id = ? ORDER BY observed_at, id", (document_id,)
        ).fetchall()
    ]
    done = sum(row.id <= indexed for row in rows)
    if done < len(rows) and any(row.id > indexed for row in rows[:done]):
        stands.forget(database, document_id)
        done = 0
    rest = rows[done:]
    in_order = all(one.id < other.id for one, other in pairwise(rest))
    return rows[done - 1] if done else None, rest[:PORTION] if in_order else rest


def _storable(text: str) -> str:
    """Words as the full text takes them: no lone surrogate, no NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
