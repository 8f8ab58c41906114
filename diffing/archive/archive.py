"""Archive: keeps what was seen and what was made of it, in one SQLite file."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlite_utils

from diffing.archive import announcements, attempts, captures, changes, documents, standing, versions, waits, warnings
from diffing.archive import messages as outbox
from diffing.archive.asking import Asking
from diffing.archive.backup import Copied, backup
from diffing.archive.captures import refresh
from diffing.archive.clock import to_ms
from diffing.archive.connection import Connection
from diffing.archive.memory import MUCH, Memory
from diffing.archive.opening import opened
from diffing.archive.pasts import Past, pasts
from diffing.archive.record import Attempt, Message, Record, Spell, Stamp
from diffing.archive.retention import Dropped, drop_captures
from diffing.archive.standing import Counts, Standing
from diffing.archive.stays import Stays
from diffing.archive.texts import Texts
from diffing.capture import Capture
from diffing.change import Change, ChangeKind
from diffing.fault import FaultReason
from diffing.returns import Return
from diffing.stay import Stay
from diffing.topics.speaking import Speaking
from diffing.version import Document, Version
from diffing.wait import Wait
from diffing.warning import TermsWarning, Warned

WAIT_MS = 30_000
"""How long to wait for another process that is writing. A write takes milliseconds, a batch about a second; but who
waits looks only every tenth of a second, and may find the next batch begun several times over."""

GIVING_WAY = 0.05
"""Seconds for which who writes much writes nothing between two batches. Measured 2026-11-25: of 49 small writes beside
an import without it two waited for more than ten seconds; of 69 with it none waited for more than six."""


def give_way() -> None:
    """Let others write, between two batches. Not inside one."""
    time.sleep(GIVING_WAY)


class Archive:
    """The archive: versions, captures, attempts, changes, and the outbox.

    Each writing call is one transaction: kept wholly when it returns, not at all when it raises, whatever happens to
    the process or the power. Usable from any thread. Any call may raise an `ArchiveError`.
    """

    def __init__(self, connection: Connection, memory: Memory, speaking: Speaking | None) -> None:
        self._connection = connection
        texts = Texts(connection, memory)
        self._versions = versions.Versions(texts)
        self._stays = Stays(connection)
        self._asking = Asking(connection, texts, self._versions, memory, speaking)

    @classmethod
    def open(
        cls, path: Path, *, wait_ms: int = WAIT_MS, memory: Memory = MUCH, speaking: Speaking | None = None
    ) -> Self:
        """Open the archive in that file, making or migrating it where needed.

        wait_ms: how long to wait for other writers before a call raises LockedArchive. memory: how much of it may stay
        there. speaking: tells which topics a passage speaks of, for the index; all who add to the index of one archive
        give it, or none. Raises NewerArchive and NotAnArchive, with the file untouched, and WriteFailed when it cannot
        be opened.
        """
        return cls(opened(path, wait_ms=wait_ms, cache=memory.pages), memory, speaking)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def backup(self, target: Path) -> Copied:
        """Copy the archive to a new file while it is in use. See `diffing.archive.backup`."""
        with self._connection.reading() as database:
            return backup(database.conn, target)

    def drop_captures(self, *, before: datetime | None = None, newest: int | None = None) -> Dropped:
        """Drop old captures, none that is in use, and no version. See `diffing.archive.retention`."""
        with self.writing() as database:
            return drop_captures(database, before=before, newest=newest)

    def vacuum(self) -> int:
        """Give the room of what was dropped back to the disk; how many bytes the file is smaller.

        Other writers wait meanwhile, and the disk needs room for a second copy.
        """
        path = self._connection.path
        with self._connection.reading() as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = path.stat().st_size
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before - path.stat().st_size

    @property
    def path(self) -> Path:
        """The file."""
        return self._connection.path

    @property
    def database(self) -> sqlite_utils.Database:
        """The database itself. Read through `reading`, write through `writing`."""
        return self._connection.database

    @property
    def asking(self) -> Asking:
        """What can be asked of it beyond versions and changes: blame, full-text search."""
        return self._asking

    def writing(self) -> AbstractContextManager[sqlite_utils.Database]:
        """One transaction, which waits for other writers. Inside another it is a part of that one."""
        return self._connection.writing()

    def reading(self) -> AbstractContextManager[sqlite_utils.Database]:
        """The database, to this thread alone, with SQLite's errors told as the archive's."""
        return self._connection.reading()

    def batch(self) -> AbstractContextManager[sqlite_utils.Database]:
        """Many writing calls in one transaction: an import is several times faster, other writers wait meanwhile."""
        return self._connection.writing()

    def record(self, record: Record) -> bool:
        """Keep a version with all that belongs to it.

        False when it is there already, or when its very text became current meanwhile: nothing is doubled, and
        nothing of the record is kept. Raises Superseded when the change was judged against a version that is not the
        one before it, Backwards when it is dated before that one.
        """
        change, version = record.change, record.version
        with self.writing() as database:
            made = self._versions.add(database, version, before=change.before if change else None)
            if made is None:
                return False
            attempts.add(database, record.attempt, made)
            captures.add(database, made.document, made.row, record.captures)
            announcements.add(database, made.row, record.announces)
            if change is not None:
                changes.add(database, made, change)
                if change.judgement.kind is ChangeKind.UPGRADE and made.before is not None and not record.captures:
                    captures.share(database, made.row, made.before)
            outbox.add(
                database,
                record.messages,
                change_id=change.id if change else None,
                created_at=to_ms(version.observed_at),
            )
        return True

    def attempt(self, attempt: Attempt, captures: Sequence[Capture] = (), messages: Sequence[Message] = ()) -> None:
        """Keep a visit that stored no version.

        captures: what an unchanged text was made from this time; kept as the validators of the next request.
        messages: what is to be told of a fault that lasts, or of its end.
        """
        with self.writing() as database:
            document_id = attempts.add(database, attempt)
            for capture in captures:
                refresh(database, document_id, capture)
            outbox.add(database, messages, change_id=None, created_at=to_ms(attempt.at))

    def restamp(self, version: Version) -> None:
        """Note that today's extractor and declaration read the very text of a kept version: take theirs over."""
        with self.writing() as database:
            versions.restamp(database, version)

    def current(self, document: Document) -> Version | None:
        """The version that stands."""
        with self.reading() as database:
            return self._versions.current(database, document)

    def stamp(self, document: Document) -> Stamp | None:
        """What made the version that stands; far less work than its text."""
        with self.reading() as database:
            return versions.stamp(database, document)

    def at(self, document: Document, moment: datetime) -> Version | None:
        """The version that stood at a moment, None before the first."""
        with self.reading() as database:
            return self._versions.current(database, document, at=to_ms(moment))

    def stays(self, document: Document) -> tuple[Stay, ...]:
        """Which text stood since when, oldest first."""
        with self.reading() as database:
            return self._stays.of(database, document)

    def back(self, document: Document, text_hash: str, now: datetime) -> Return | None:
        """Whether a text seen now stood in a document before, and whether that it is back is news.

        Asking is quick however long the history is.
        """
        with self.reading() as database:
            return self._stays.back(database, document, text_hash, now)

    def validators(self, document: Document, source: str) -> Capture | None:
        """The newest capture of a source that gave a text; its headers hold the validators of the next request."""
        with self.reading() as database:
            document_id = documents.find(database, document)
            return None if document_id is None else captures.latest(database, document_id, source)

    def captures(self, version_id: str) -> tuple[Capture, ...]:
        """What a version was made from, one a source, in the declared order; () when it is gone or was imported."""
        with self.reading() as database:
            row = versions.find(database, version_id)
            return () if row is None else captures.of_version(database, row)

    def pasts(self, *, since: datetime, until: datetime) -> Mapping[Document, Past]:
        """What is known of each of our own terms, with the days between two moments that their changes announced."""
        with self.reading() as database:
            return pasts(database, since=since, until=until)

    def last_attempt(self, document: Document) -> Attempt | None:
        """The newest visit."""
        with self.reading() as database:
            return attempts.last(database, document)

    def spell(self, document: Document) -> Spell | None:
        """The faults in a row that a document has met; None when its last visit went well."""
        with self.reading() as database:
            return attempts.spell(database, document)

    def visited(self, document: Document) -> Mapping[datetime, FaultReason | None]:
        """When it was visited, and the fault that was met; the last of several at the same time."""
        with self.reading() as database:
            return attempts.times(database, document)

    def held_since(self, document: Document, reason: FaultReason) -> datetime | None:
        """When a fault of that reason was first met since a visit last went well; None when none was."""
        with self.reading() as database:
            return attempts.held_since(database, document, reason)

    def standing(self, document: Document) -> tuple[TermsWarning, ...]:
        """The warnings that stand on a document: those of the last visit that read its page."""
        with self.reading() as database:
            return warnings.standing(database, document)

    def warned(
        self, service: str | None = None, terms: str | None = None, collection: str | None = None
    ) -> tuple[Warned, ...]:
        """The documents on which warnings stand, by name, without those where nothing is odd, and without posts."""
        with self.reading() as database:
            return warnings.warned(database, service=service, terms=terms, collection=collection)

    def faults(self) -> tuple[Standing, ...]:
        """The faults of our own terms that hold now, the oldest first."""
        with self.reading() as database:
            return standing.faults(database)

    def counts(self) -> Counts:
        """What is kept, imported histories among it."""
        with self.reading() as database:
            return standing.counts(database)

    def announces(self, version_id: str) -> tuple[Document, ...]:
        """The terms a blog post names, by name."""
        with self.reading() as database:
            row = versions.find(database, version_id)
            return () if row is None else announcements.named_in(database, row)

    def announcements(self, document: Document) -> tuple[Version, ...]:
        """The blog posts that name some terms, newest first."""
        with self.reading() as database:
            rows = announcements.naming(database, document)
            return tuple(self._versions.get(database, row) for row in rows)

    def waits(self) -> dict[str, Wait]:
        """Until when places are not to be asked, by place; those that are over included."""
        with self.reading() as database:
            return waits.all_of(database)

    def keep_wait(self, wait: Wait) -> None:
        """Keep a wait, in place of the one for its place."""
        with self.writing() as database:
            waits.keep(database, wait)

    def end_wait(self, place: str) -> None:
        """Forget the wait for a place."""
        with self.writing() as database:
            waits.end(database, place)

    def documents(
        self, service: str | None = None, terms: str | None = None, collection: str | None = None
    ) -> tuple[Document, ...]:
        """All documents known, by name."""
        with self.reading() as database:
            return documents.select(database, service=service, terms=terms, collection=collection)

    def versions(self, document: Document) -> tuple[Version, ...]:
        """All versions of a document, oldest first, with their texts."""
        with self.reading() as database:
            return self._versions.of(database, document)

    def version(self, version_id: str) -> Version | None:
        """The version of that id."""
        with self.reading() as database:
            row = versions.find(database, version_id)
            return None if row is None else self._versions.get(database, row)

    def changes(
        self,
        *,
        since: datetime | None = None,
        service: str | None = None,
        terms: str | None = None,
        collection: str | None = None,
        topic: str | None = None,
        kind: ChangeKind | None = None,
        news: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Change]:
        """Changes, newest first, read one by one. since: from this moment on, by when the newer version was seen."""
        wanted = changes.Wanted(
            since=None if since is None else to_ms(since),
            service=service,
            terms=terms,
            collection=collection,
            topic=topic,
            kind=kind,
            news=news,
            limit=limit,
        )
        with self.reading() as database:
            rows = changes.select(database, wanted)
        return map(self._change, rows)

    def change(self, change_id: str) -> Change | None:
        """The change of that id."""
        with self.reading() as database:
            row = changes.find(database, change_id)
            return None if row is None else changes.get(database, self._versions, row)

    def _change(self, row: int) -> Change:
        with self.reading() as database:
            return changes.get(database, self._versions, row)
