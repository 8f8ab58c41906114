"""Report: how the watch stands at a moment."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alerts.delivery import State
from alerts.outbox import Endpoint, Outbox
from clausewatch.config import Config
from clausewatch.lock import Holder, holder
from clausewatch.schedule import Schedule
from crawler.declarations import Declarations
from diffing.archive import Archive
from diffing.archive.standing import Counts, Standing
from diffing.warning import Warned


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Room. archive: bytes of the archive with its log. free: bytes left where it lies."""

    archive: int
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How the watch stands. Moments aware, UTC; None where there is none.

    daemon: the process that runs on the archive. targets: terms declared. broken: declarations that cannot be used.
    due: terms to be visited by now; next_visit: when the next is. lag: for how long the longest of them has been due.
    oldest_waiting: when the oldest alert that waits was made. disabled: channels nothing is sent to.
    """

    at: datetime
    daemon: Holder | None
    targets: int
    broken: Sequence[str]
    due: int
    next_visit: datetime | None
    lag: timedelta
    faults: Sequence[Standing]
    warned: Sequence[Warned]
    counts: Counts
    outbox: Mapping[State, int]
    oldest_waiting: datetime | None
    disabled: Sequence[Endpoint]
    disk: Disk


def report(config: Config, declared: Declarations, kept: Archive, now: datetime) -> Report:
    """Look at everything once. Raises what the archive raises, and ConfigError for a wrong schedule."""
    planned = Schedule(config, declared).planned(kept, now)
    overdue = [one.at for one in planned if one.at <= now]
    outbox = Outbox(kept)
    return Report(
        at=now,
        daemon=holder(config.archive),
        targets=len(planned),
        broken=tuple(str(problem) for problem in declared.problems),
        due=len(overdue),
        next_visit=planned[0].at if planned else None,
        lag=now - min(overdue, default=now),
        faults=kept.faults(),
        warned=kept.warned(collection=""),
        counts=kept.counts(),
        outbox=outbox.counts(),
        oldest_waiting=outbox.oldest_waiting(),
        disabled=tuple(one for one in outbox.endpoints() if one.disabled_at),
        disk=_disk(config.archive),
    )


def _disk(archive: Path) -> Disk:
    files = (archive, archive.with_name(archive.name + "-wal"))
    return Disk(
        archive=sum(file.stat().st_size for file in files if file.exists()),
        free=shutil.disk_usage(archive.parent).free,
    )
