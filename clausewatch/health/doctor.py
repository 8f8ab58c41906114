"""Doctor: whether everything is there that a watch needs, and what to do where it is not."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clausewatch.config import Config
from clausewatch.health.check import Check, Verdict
from clausewatch.lock import holder
from crawler.declarations import Declarations
from data.errors import ClausewatchError
from diffing.archive.errors import translated
from diffing.archive.migrations import LATEST
from diffing.archive.sound import examine

ROOM = 500 * 10**6
"""Bytes that should be free beside a second copy of the archive, which a backup or a vacuum needs."""

SLACK = timedelta(minutes=5)
"""By which the newest visit may be ahead of the clock before it counts as wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel that was tried. error: what is wrong with it, as a sentence; "" when nothing is."""

    name: str
    error: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What the doctor is given to look at.

    load: reads the configuration; raises ConfigError. declared: reads the targets; may raise. topics: reads the topics
    and gives their names; may raise. channels: tries the channels. chromium: where it is, "" without one.
    """

    load: Callable[[], Config]
    declared: Callable[[Config], Declarations]
    topics: Callable[[Config], Iterable[str]]
    channels: Callable[[Config], Iterable[Channel]]
    chromium: Callable[[Config], str]
    now: datetime


def examined(subject: Examined) -> Iterator[Check]:
    """Look at one thing after the other; what is wrong with one stops none of the others, but a wrong configuration."""
    try:
        config = subject.load()
    except ClausewatchError as error:
        yield _wrong("configuration", error)
        return
    yield Check(name="configuration", verdict=Verdict.OK, said="can be followed")
    yield from _targets(subject, config)
    yield from _topics(subject, config)
    yield from _archive(config, subject.now)
    yield _disk(config.archive)
    yield _daemon(config.archive)
    for channel in subject.channels(config):
        verdict = Verdict.WRONG if channel.error else Verdict.OK
        yield Check(name=f"channel {channel.name}", verdict=verdict, said=channel.error or channel.said)
    if not config.subscriptions:
        todo = "add a [[subscriptions]] table, unless nobody is to be told"
        yield Check(name="subscriptions", verdict=Verdict.WARNING, said="nobody is told of anything", todo=todo)


def _wrong(name: str, error: ClausewatchError) -> Check:
    return Check(name=name, verdict=Verdict.WRONG, said=f"{error.where}: {error.what}", todo=error.todo)


def _targets(subject: Examined, config: Config) -> Iterator[Check]:
    try:
        declared = subject.declared(config)
    except ClausewatchError as error:
        yield _wrong("targets", error)
        return
    if len(declared) or not declared.problems:
        verdict = Verdict.OK if len(declared) else Verdict.WARNING
        yield Check(name="targets", verdict=verdict, said=f"{len(declared)} terms are declared")
    for problem in declared.problems:
        yield _wrong("targets", problem)
    browsing = sum(any(source.browser for source in one.sources) for one in declared)
    path = subject.chromium(config)
    if path:
        yield Check(name="browser", verdict=Verdict.OK, said=path)
    elif browsing:
        todo = "install Chromium (apt-get install chromium), or name it: crawl.chromium"
        said = f"there is no Chromium, and {browsing} terms need one"
        yield Check(name="browser", verdict=Verdict.WARNING, said=said, todo=todo)


def _topics(subject: Examined, config: Config) -> Iterator[Check]:
    try:
        names = ", ".join(subject.topics(config))
    except ClausewatchError as error:
        yield _wrong("topics", error)
        return
    yield Check(name="topics", verdict=Verdict.OK, said=names)


def _archive(config: Config, now: datetime) -> Iterator[Check]:
    path = config.archive
    if not path.exists():
        todo = "" if path.parent.is_dir() else f"create {path.parent}"
        verdict = Verdict.WRONG if todo else Verdict.OK
        yield Check(name="archive", verdict=verdict, said=f"{path}: there is none yet", todo=todo)
        return
    try:
        versions = examine(path)
        schema, ahead = _read(path, now)
    except ClausewatchError as error:
        yield _wrong("archive", error)
        return
    old = f"; schema {schema} will be migrated to {LATEST} when it is next opened" if schema < LATEST else ""
    yield Check(name="archive", verdict=Verdict.OK, said=f"{path}: sound, {versions:,} versions{old}")
    if ahead is not None:
        said = f"the newest visit is {ahead.total_seconds() / 3600:.1f} hours in the future"
        todo = "set this machine's clock, and see that it is kept right (NTP)"
        yield Check(name="clock", verdict=Verdict.WRONG, said=said, todo=todo)
    else:
        yield Check(name="clock", verdict=Verdict.OK, said=f"{now:%Y-%m-%d %H:%M} UTC, after the newest visit")


def _read(path: Path, now: datetime) -> tuple[int, timedelta | None]:
    """The schema's version, and how far the newest visit is ahead of the clock."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (schema,) = database.execute("PRAGMA user_version").fetchone()
            (newest,) = database.execute("SELECT max(at) FROM attempts").fetchone()
    except sqlite3.Error as error:
        raise translated(error, path) or error from error
    ahead = None if newest is None else timedelta(milliseconds=newest - now.timestamp() * 1000)
    return int(schema), ahead if ahead is not None and ahead > SLACK else None


def _disk(archive: Path) -> Check:
    folder = next(parent for parent in archive.parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    size = archive.stat().st_size if archive.exists() else 0
    said = f"{free / 10**9:.1f} GB are free, the archive takes {size / 10**9:.2f} GB"
    if free < size + ROOM:
        todo = "make room: a backup or a vacuum needs as much again as the archive takes"
        return Check(name="disk", verdict=Verdict.WARNING, said=said, todo=todo)
    return Check(name="disk", verdict=Verdict.OK, said=said)


def _daemon(archive: Path) -> Check:
    running = holder(archive)
    if running is None:
        todo = "start it: clausewatch daemon, or let cron run clausewatch daemon --once"
        return Check(name="daemon", verdict=Verdict.WARNING, said="none runs on this archive", todo=todo)
    return Check(name="daemon", verdict=Verdict.OK, said=str(running))
