"""Holdings: where and when a wording stood."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell
from diffing.version import Document

_SELECT = f"""
SELECT stands.wording, versions.observed_at, versions.name, gone.observed_at, origins.title, origins.url,
       {documents.COLUMNS}
FROM stands JOIN versions ON versions.id = stands.since JOIN origins ON origins.id = versions.origin_id
LEFT JOIN versions AS gone ON gone.id = stands.until
JOIN documents ON documents.id = stands.document_id
"""  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """That a document holds or held a passage, by its words: markup, numbering, case and punctuation aside.

    since: when it was first seen there. version_id: of the version it was first seen in.
    until: when it was first seen to be gone for good; None while it stands. All times aware, UTC.
    times: how many times it came: 2 when it went once and came back. title, url: of that version.
    """

    document: Document
    since: datetime
    until: datetime | None
    version_id: str
    times: int = 1
    title: str = ""
    url: str = ""

    @property
    def current(self) -> bool:
        """Whether it stands in the version in force."""
        return self.until is None


def of_wordings(database: sqlite_utils.Database, wordings: Collection[int]) -> Mapping[int, tuple[Holding, ...]]:
    """Where each of these wordings stood, those that stand first, then the ones that stood last; one a document."""
    marks = ",".join("?" * len(wordings))
    rows = database.execute(
        f"{_SELECT} WHERE stands.wording IN ({marks}) ORDER BY versions.observed_at, versions.id", list(wordings)
    )
    found: dict[int, dict[Document, Holding]] = {wording: {} for wording in wordings}
    for wording, since, name, until, title, url, *document in rows.fetchall():
        mine = found[wording]
        where = documents.from_row(tuple(document))
        gone = None if until is None else from_ms(until)
        earlier = mine.get(where)
        mine[where] = Holding(
            document=where,
            since=earlier.since if earlier else from_ms(since),
            until=gone,
            version_id=earlier.version_id if earlier else name,
            times=earlier.times + 1 if earlier else 1,
            title=from_cell(title),
            url=from_cell(url),
        )
    return {wording: tuple(sorted(mine.values(), key=_order)) for wording, mine in found.items()}


def _order(holding: Holding) -> tuple[bool, float, datetime]:
    gone = holding.until
    return gone is not None, -gone.timestamp() if gone else 0, holding.since
