"""Timeline: what some terms were made of at each moment the archive captured one of their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler.imports.wayback.cdx import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A state of some terms. at: when its newest part was captured. parts: a capture for each source, in order."""

    at: datetime
    parts: tuple[Snapshot, ...]


def timeline(sources: Sequence[Sequence[Snapshot]]) -> tuple[Moment, ...]:
    """The states of terms, oldest first, from the captures of each of their sources, each oldest first.

    A state begins when every source had been captured. Of several states in one day the first is taken: a page that
    differs at every load would else be thousands.
    """
    events = sorted(
        ((snapshot.at, number, snapshot) for number, snapshots in enumerate(sources) for snapshot in snapshots),
        key=lambda event: event[:2],
    )
    current: dict[int, Snapshot] = {}
    moments: dict[date, Moment] = {}
    for at, number, snapshot in events:
        current[number] = snapshot
        if len(current) == len(sources):
            parts = tuple(current[index] for index in range(len(sources)))
            moments.setdefault(at.date(), Moment(at=at, parts=parts))
    return tuple(moments.values())
