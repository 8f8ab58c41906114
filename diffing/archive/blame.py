"""Blame: each passage of a version, with the day it first stood there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlite_utils

from diffing.archive import documents, stands
from diffing.archive.clock import from_ms
from diffing.archive.wordings import Wordings
from diffing.passage import Passage
from diffing.passages import passages
from diffing.version import Version

_VERSIONS = """
SELECT versions.id, versions.observed_at, versions.name, changes.name FROM versions
LEFT JOIN changes ON changes.version_id = versions.id WHERE document_id = ? ORDER BY observed_at, versions.id
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


class _Row(NamedTuple):
    """A version of the document. place: in its order, from 0."""

    place: int
    at: int
    name: str
    change: str | None


def blame(database: sqlite_utils.Database, wordings: Wordings, version: Version) -> Blame:
    """The passages of an indexed version, each with the day it came."""
    found = passages(version.text)
    named = wordings.named(database, {passage.text for passage in found})
    document_id = documents.find(database, version.document)
    assert document_id is not None, "it has a version"
    rows = {
        row: _Row(place, *more)
        for place, (row, *more) in enumerate(database.execute(_VERSIONS, (document_id,)).fetchall())
    }
    now = next(row.place for row in rows.values() if row.name == version.id)
    came = {
        wording: [rows[row] for row in turns[::2] if rows[row].place <= now]
        for wording, turns in stands.of_document(database, document_id, set(named.values())).items()
    }
    return Blame(version=version, passages=tuple(_blamed(passage, came[named[passage.text]]) for passage in found))


def _blamed(passage: Passage, came: Sequence[_Row]) -> Blamed:
    """came: the versions it had come with by then, oldest first; since the last of them it stands."""
    last = came[-1]
    return Blamed(
        passage=passage,
        since=from_ms(last.at),
        version_id=last.name,
        change_id=last.change,
        first=from_ms(came[0].at),
    )
