"""Directory: every document with when it was first and last seen to change, by the names of addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import sqlite_utils

from clausewatch.web.slugs import document_slug, service_slug
from diffing.archive import documents
from diffing.archive.clock import from_ms
from diffing.version import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document that has at least one version.

    id: its row. versions: how many. first, last: when the oldest and the newest were observed.
    flagged: changes with a flag.
    """

    id: int
    document: Document
    slug: str
    versions: int
    first: datetime
    last: datetime
    flagged: int


_SELECT = f"""
SELECT documents.id, counted.versions, counted.first, counted.last, coalesce(marked.flagged, 0), {documents.COLUMNS}
FROM documents
JOIN (SELECT document_id, count(*) AS versions, min(observed_at) AS first, max(observed_at) AS last
      FROM versions GROUP BY document_id) AS counted ON counted.document_id = documents.id
LEFT JOIN (SELECT versions.document_id, count(*) AS flagged FROM (SELECT DISTINCT change_id FROM flags)
           JOIN versions ON versions.id = change_id GROUP BY versions.document_id) AS marked
    ON marked.document_id = documents.id
ORDER BY service COLLATE NOCASE, terms, post, collection
"""  # noqa: S608 - names of our own


class Directory:
    """The documents, in order of service, terms, post and collection."""

    def __init__(self, listed: tuple[Listed, ...]) -> None:
        self.listed = listed
        self.by_slug: Mapping[str, Listed] = {one.slug: one for one in listed}
        self.by_id: Mapping[int, Listed] = {one.id: one for one in listed}

    @cached_property
    def services(self) -> Mapping[str, tuple[Listed, ...]]:
        """The documents of each service, by its name."""
        found: dict[str, list[Listed]] = {}
        for one in self.listed:
            found.setdefault(one.document.service, []).append(one)
        return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (name.casefold(), name))}

    @cached_property
    def service_slugs(self) -> Mapping[str, str]:
        """Names of services by their slug."""
        return {service_slug(name): name for name in self.services}

    def of(self, document: Document) -> Listed | None:
        """A document's entry; None when it has no version."""
        found = self.by_slug.get(document_slug(document))
        return found if found is not None and found.document == document else None


def read(database: sqlite_utils.Database) -> Directory:
    """Read the directory; some 20 ms for 2,000 documents and 27,000 versions."""
    rows = database.execute(_SELECT)
    return Directory(tuple(_listed(row) for row in rows.fetchall()))


def _listed(row: tuple[int, int, int, int, int, str, str, str, str]) -> Listed:
    document = documents.from_row(row[5:])
    return Listed(
        id=row[0],
        document=document,
        slug=document_slug(document),
        versions=row[1],
        first=from_ms(row[2]),
        last=from_ms(row[3]),
        flagged=row[4],
    )
