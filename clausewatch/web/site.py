"""Site: what all pages share while a process serves them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from alerts.summary import summary
from clausewatch.config import Config
from clausewatch.health.report import Report
from clausewatch.web.reading import digest_of
from clausewatch.web.store import directory
from clausewatch.web.store.directory import Directory
from diffing.archive import Archive
from diffing.change import Change
from diffing.topics import Topic

REMEMBERED = 8192
"""Sentences kept in memory: about 2 MB."""


@dataclass(kw_only=True)
class Site:
    """The archive and what is watched, with what was read of them lately.

    config: as the file says. now: the clock. report: looks at how the watch stands; may raise what that raises.
    """

    config: Config
    archive: Archive
    topics: tuple[Topic, ...]
    now: Callable[[], datetime]
    report: Callable[[], Report]
    _stand: tuple[int, ...] = ()
    _directory: Directory | None = None
    _sentences: dict[tuple[str, str], str] = field(default_factory=dict)
    _lengths: dict[int, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self.config.archive

    @property
    def topic_names(self) -> tuple[str, ...]:
        """The topics watched for, as flags name them."""
        return tuple(topic.name for topic in self.topics)

    @cached_property
    def topics_digest(self) -> str:
        """Changes when the topics do."""
        return digest_of(self.topics)

    def stand(self) -> tuple[int, ...]:
        """What the pages depend on, as numbers: they are the same as long as the pages would be."""
        with self.archive.reading() as database:
            return tuple(
                database.execute(
                    "SELECT (SELECT coalesce(max(id), 0) FROM versions), (SELECT coalesce(max(id), 0) FROM verdicts),"
                    " (SELECT coalesce(max(id), 0) FROM acknowledgements), (SELECT coalesce(max(version_id), 0)"
                    " FROM readings), (SELECT count(*) FROM readings)"
                ).fetchone()
            )

    def directory(self) -> Directory:
        """The documents, read anew when there are new versions."""
        stand = self.stand()
        with self._lock:
            if self._directory is None or self._stand != stand:
                with self.archive.reading() as database:
                    self._directory = directory.read(database)
                self._stand = stand
            return self._directory

    def sentence(self, change_id: str, language: str, change: Change | None = None) -> str:
        """The sentence that sums a change up. change: where it has been read already."""
        key = (change_id, language)
        known = self._sentences.get(key)
        if known is None:
            found = change or self.archive.change(change_id)
            known = "" if found is None else summary(found, language)
            while len(self._sentences) >= REMEMBERED:
                self._sentences.pop(next(iter(self._sentences)), None)
            self._sentences[key] = known
        return known

    def length(self, version_id: str, text: int) -> int:
        """How many characters the text of a version has. text: its number, by which it is remembered."""
        known = self._lengths.get(text)
        if known is None:
            version = self.archive.version(version_id)
            known = self._lengths[text] = len(version.text) if version else 0
        return known
