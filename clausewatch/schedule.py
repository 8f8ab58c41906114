"""Schedule: when each declared text is visited next, by the configuration and the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from clausewatch.config import Config
from clausewatch.due import NEVER, Rhythm, Watched, due, interval, next_visit
from clausewatch.errors import ConfigError
from clausewatch.pace import AROUND, Cron, Limits
from crawler.declarations import Declaration
from crawler.patience import waiting
from diffing.archive import Archive
from diffing.archive.pasts import Past
from diffing.version import Document

BETWEEN = timedelta(seconds=1)
"""Between two visits after the start, on average, so that thousands are no burst."""
HANDFUL = 20
"""So many terms need not wait: they are no burst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A visit to come. at: aware, UTC; in the past when it is due already."""

    declaration: Declaration
    watched: Watched
    at: datetime


class Schedule:
    """Which of the declared terms to visit when. Made once; asked with the record as it stands. Raises ConfigError."""

    def __init__(self, config: Config, declarations: Iterable[Declaration], *, started: datetime | None = None) -> None:
        told = config.daemon
        self._declarations = tuple(declarations)
        self._every = interval(told.every, "daemon.every")
        self._zone = _zone(told.timezone)
        limits = Limits(
            fastest=interval(told.fastest, "daemon.fastest"), slowest=interval(told.slowest, "daemon.slowest")
        )
        self._rhythm = Rhythm(
            jitter=told.jitter,
            limits=limits if told.adaptive else None,
            started=started,
            spread=min(interval(told.spread, "daemon.spread"), BETWEEN * max(0, len(self._declarations) - HANDFUL)),
        )

    def due(self, kept: Archive, now: datetime) -> Sequence[Declaration]:
        """The terms to visit now, the longest waiting first, hosts in turn."""
        known, waits = _pasts(kept, now), kept.waits()
        chosen = [one for one in self._declarations if waiting(_addresses(one), waits, now) is None]
        return due(chosen, lambda one: self._watched(one, known), now=now, rhythm=self._rhythm)

    def planned(self, kept: Archive, now: datetime) -> tuple[Planned, ...]:
        """The next visit of each of the terms, the soonest first."""
        known, waits = _pasts(kept, now), kept.waits()

        def at(one: Declaration, watched: Watched) -> datetime:
            wait, moment = waiting(_addresses(one), waits, now), next_visit(watched, self._rhythm, now)
            return moment if wait is None else max(moment, wait.until)

        found = [
            Planned(declaration=one, watched=watched, at=at(one, watched))
            for one in self._declarations
            for watched in [self._watched(one, known)]
        ]
        return tuple(sorted(found, key=lambda one: one.at))

    def _watched(self, declaration: Declaration, known: Mapping[Document, Past]) -> Watched:
        watch = declaration.watch
        zone = ZoneInfo(watch.timezone) if watch.timezone else self._zone
        source = declaration.sources[0].fetch if declaration.sources else ""
        return Watched(
            name=str(declaration.document),
            host=urlsplit(source or watch.feed).hostname or "",
            pace=Cron(expression=watch.cron, zone=zone) if watch.cron else watch.every or self._every,
            confirm=watch.confirm,
            past=known.get(declaration.document, NEVER),
        )


def _addresses(declaration: Declaration) -> Iterable[str]:
    """What a visit asks for, as far as it is declared."""
    return (*(source.fetch for source in declaration.sources), declaration.watch.feed)


def _pasts(kept: Archive, now: datetime) -> Mapping[Document, Past]:
    margin = AROUND + timedelta(days=1)
    return kept.pasts(since=now - margin, until=now + margin)


def _zone(name: str) -> ZoneInfo:
    if name not in available_timezones():
        raise ConfigError("daemon.timezone", f"{name!r} is no time zone", "write its IANA name: Europe/Paris")
    return ZoneInfo(name)
