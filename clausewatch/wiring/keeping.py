"""Keeping: the archive, and what is watched and for what."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import data
from clausewatch.config import Config
from clausewatch.errors import NotFoundError
from crawler.declarations import Declarations, UserFilters, load, user_filters
from diffing.archive import Archive
from diffing.archive.memory import MUCH, Memory
from diffing.topics import Topic, load_topics
from diffing.topics.speaking import Speaking


def now_utc() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def archive(config: Config, *, must_exist: bool = False, memory: Memory = MUCH) -> Archive:
    """The archive. must_exist: raise NotFoundError instead of making an empty one, for commands that only ask."""
    if must_exist and not config.archive.exists():
        raise NotFoundError(str(config.archive), "there is no archive yet", "crawl or import something first")
    return Archive.open(config.archive, memory=memory, speaking=speaking(config))


def archive_or_none_yet(config: Config) -> Archive:
    """The archive; where there is none yet an empty one in memory, to ask what a watch will do that has not begun."""
    return Archive.open(config.archive if config.archive.exists() else Path(":memory:"))


def topics(config: Config) -> tuple[Topic, ...]:
    """The shipped topics and the user's own."""
    return load_topics(_topic_places(config))


def speaking(config: Config) -> Speaking:
    """What tells the index of which topics a passage speaks."""
    return Speaking(_topic_places(config))


def _topic_places(config: Config) -> tuple[Path, ...]:
    return (data.folder("topics"), *config.topics)


def targets(config: Config) -> Declarations:
    """The declarations of the configured folders, else the shipped ones."""
    return load(config.targets or (data.folder("declarations"),), filters(config))


def filters(config: Config) -> UserFilters:
    """What foreign filters are in our primitives, as the user's file says."""
    return user_filters(config.filters)


def folders(paths: Iterable[str]) -> tuple[Path, ...]:
    """Folders as typed."""
    return tuple(Path(path) for path in paths)
