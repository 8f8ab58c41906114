"""Connection: the open file, its settings, and transactions that hold wholly or not at all."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils
import zstandard

from diffing.archive.errors import DamagedArchive, WriteFailed, translated

WAL_BYTES = 16 * 1024 * 1024
"""What the write-ahead log is cut back to after a long transaction."""

PAUSE_SECONDS = 0.05
"""Between two tries to switch a new file to the write-ahead log."""

_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_PART = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
"""How a transaction, and one inside another, begins, is kept and is undone."""


class Connection:
    """One SQLite connection, usable from any thread, one thread at a time.

    WAL, so that readers never wait for a writer. `synchronous=FULL`: with WAL and NORMAL the last commits can vanish
    in a power cut, and what was reported as stored must not.
    """

    def __init__(self, path: Path, *, wait_ms: int) -> None:
        self.path = path
        self._wait = wait_ms / 1000
        self._lock = threading.RLock()
        self._depth = 0
        self._on_rollback: list[Callable[[], None]] = []
        with self._translating():
            raw = sqlite3.connect(path, timeout=self._wait, isolation_level=None, check_same_thread=False)
            self.database = sqlite_utils.Database(raw, execute_plugins=False)

    def configure(self, *, cache: int) -> None:
        """Set what must hold for every connection. The first of these writes to a new file.

        cache: of pages, in bytes.
        """
        with self.reading() as database:
            self._to_wal(database)
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            database.execute(f"PRAGMA cache_size = -{cache // 1024}")
            database.execute(f"PRAGMA journal_size_limit = {WAL_BYTES}")

    def _to_wal(self, database: sqlite_utils.Database) -> None:
        """Switch a new file to the write-ahead log. For this alone SQLite does not wait for others by itself."""
        end = time.monotonic() + self._wait
        while True:
            try:
                database.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return

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
            begin, keep, undo = _PART if self._depth else _WHOLE
            self._run(begin)
            self._depth += 1
            try:
                yield self.database
                self._run(keep)
            except BaseException:
                self._undo(undo)
                raise
            finally:
                self._depth -= 1

    def close(self) -> None:
        """Close the file. Nothing can be read or written afterwards."""
        with self._lock:
            self.database.close()

    def _run(self, sql: str) -> None:
        if self._depth and not self.database.conn.in_transaction:
            raise WriteFailed(str(self.path), "a write that failed has undone all of this", "run this again")
        self.database.conn.execute(sql)

    def _undo(self, statements: Sequence[str]) -> None:
        for forget in self._on_rollback:
            forget()
        if self.database.conn.in_transaction:  # or SQLite has undone it all already, as it may when the disk is full
            for sql in statements:
                self.database.conn.execute(sql)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = translated(error, self.path)
            if told is None:
                raise
            raise told from error
        except zstandard.ZstdError as error:
            raise DamagedArchive(
                str(self.path), "something stored cannot be unpacked", "restore a backup of this file"
            ) from error
