"""Connection: the open file, its settings, and transactions that hold wholly or not at all."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

from diffing.archive.errors import translated

CACHE_KB = 16_384
"""SQLite's page cache. Its own default, 2 MB, doubles the time of a long import."""


class Connection:
    """One SQLite connection, usable from any thread, one thread at a time.

    WAL, so that readers never wait for a writer. `synchronous=FULL`: with WAL and NORMAL the last commits can vanish
    in a power cut, and what was reported as stored must not.
    """

    def __init__(self, path: Path, *, wait_ms: int) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._on_rollback: list[Callable[[], None]] = []
        with self._translating():
            raw = sqlite3.connect(path, timeout=wait_ms / 1000, isolation_level=None, check_same_thread=False)
            self.database = sqlite_utils.Database(raw, execute_plugins=False)

    def configure(self) -> None:
        """Set what must hold for every connection. The first of these writes to a new file."""
        with self.reading() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            database.execute(f"PRAGMA cache_size = -{CACHE_KB}")

    def forget_on_rollback(self, forget: Callable[[], None]) -> None:
        """Have `forget` called whenever a transaction is undone, so that no memory outlives what it remembers."""
        self._on_rollback.append(forget)

    @contextmanager
    def reading(self) -> Iterator[sqlite_utils.Database]:
        """The database, to this thread alone."""
        with self._lock, self._translating():
            yield self.database

    @contextmanager
    def writing(self) -> Iterator[sqlite_utils.Database]:
        """One transaction: kept when the block ends, undone when it raises. Inside another, a part of that one."""
        with self._lock, self._translating():
            nested = self.database.conn.in_transaction
            self.database.conn.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            try:
                yield self.database
                self.database.conn.execute("RELEASE part" if nested else "COMMIT")
            except BaseException:
                self._undo(nested)
                raise

    def close(self) -> None:
        """Close the file. Nothing can be read or written afterwards."""
        with self._lock:
            self.database.close()

    def _undo(self, nested: bool) -> None:
        for forget in self._on_rollback:
            forget()
        if not self.database.conn.in_transaction:
            return  # SQLite has undone it already, as it does when the disk is full
        if nested:
            self.database.conn.execute("ROLLBACK TO part")
            self.database.conn.execute("RELEASE part")
        else:
            self.database.conn.execute("ROLLBACK")

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = translated(error, self.path)
            if told is None:
                raise
            raise told from error
