"""Holdings: where and when a wording stood."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell
from diffing.archive.stands import turns
from diffing.version import Document

_SELECT = f"""
SELECT holdings.wording, holdings.first, holdings.until, holdings.stays, versions.observed_at, versions.name,
       gone.observed_at, origins.title, origins.url, {documents.COLUMNS}
FROM holdings JOIN versions ON versions.id = holdings.first JOIN origins ON origins.id = versions.origin_id
LEFT JOIN versions AS gone ON gone.id = holdings.until
JOIN documents ON documents.id = holdings.document_id
WHERE holdings.wording IN ({{marks}})
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
    rows = database.execute(_SELECT.format(marks=",".join("?" * len(wordings))), list(wordings))
    found: dict[int, list[Holding]] = {wording: [] for wording in wordings}
    for wording, first, until, stays, since, name, gone, title, url, *document in rows.fetchall():
        found[wording].append(
            Holding(
                document=documents.from_row(tuple(document)),
                since=from_ms(since),
                until=None if gone is None else from_ms(gone),
                version_id=name,
                times=(len(turns(first, until, stays)) + 1) // 2,
                title=from_cell(title),
                url=from_cell(url),
            )
        )
    return {wording: tuple(sorted(mine, key=_order)) for wording, mine in found.items()}


def of_document(database: sqlite_utils.Database, document_id: int) -> list[int]:
    """The wordings that ever stood in a document, in the order they came to the archive."""
    rows = database.execute("SELECT wording FROM holdings WHERE document_id = ? ORDER BY wording", (document_id,))
    return [row[0] for row in rows.fetchall()]


def _order(holding: Holding) -> tuple[bool, float, datetime, str]:
    gone = holding.until
    return gone is not None, -gone.timestamp() if gone else 0, holding.since, str(holding.document)
