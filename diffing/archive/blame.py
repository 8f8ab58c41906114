"""Blame: each passage of a version, with the day it first stood there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms, to_ms
from diffing.archive.wordings import Wordings
from diffing.passage import Passage
from diffing.passages import passages
from diffing.version import Version

_AT_ONCE = 500
"""Values in one SQL statement."""

_STANDS = """
SELECT wording, versions.observed_at, versions.id, versions.name, changes.name FROM stands
JOIN versions ON versions.id = stands.since LEFT JOIN changes ON changes.version_id = versions.id
WHERE wording IN ({marks}) AND stands.document_id = ? AND (versions.observed_at, versions.id) <= (?, ?)
ORDER BY versions.observed_at, versions.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamed:
    """A passage of a version and since when it stands there, markup, numbering, case and punctuation aside.

    since: when it came to stay: it was in every version from then on. version_id: of the version it came with.
    change_id: of the change that brought it; None when it stood in the first version.
    first: when it was first seen in this document, earlier than `since` when it had gone in between.
    """

    passage: Passage
    since: datetime
    version_id: str
    change_id: str | None
    first: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """A version and all its passages, in order."""

    version: Version
    passages: tuple[Blamed, ...]


class _Stand(NamedTuple):
    at: int
    row: int
    name: str
    change: str | None


def blame(database: sqlite_utils.Database, wordings: Wordings, version: Version) -> Blame:
    """The passages of an indexed version, each with the day it came."""
    found = passages(version.text)
    named = wordings.named(database, {passage.text for passage in found})
    stands = _stands(database, version, frozenset(named.values()))
    return Blame(version=version, passages=tuple(_blamed(passage, stands[named[passage.text]]) for passage in found))


def _blamed(passage: Passage, stands: Sequence[_Stand]) -> Blamed:
    """stands: those that had begun by then, oldest first; the last one is the one the version lies in."""
    last = stands[-1]
    return Blamed(
        passage=passage,
        since=from_ms(last.at),
        version_id=last.name,
        change_id=last.change,
        first=from_ms(stands[0].at),
    )


def _stands(database: sqlite_utils.Database, version: Version, wanted: Collection[int]) -> dict[int, list[_Stand]]:
    """When each wording came to the document, up to that version."""
    document_id = documents.find(database, version.document)
    row = database.execute("SELECT id FROM versions WHERE name = ?", (version.id,)).fetchone()[0]
    at = to_ms(version.observed_at)
    ids = sorted(wanted)
    found: dict[int, list[_Stand]] = defaultdict(list)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(_STANDS.format(marks=marks), (*some, document_id, at, row))
        for wording, *stand in rows.fetchall():
            found[wording].append(_Stand(*stand))
    return found
