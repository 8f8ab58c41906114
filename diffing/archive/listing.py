"""Listing: changes and their flags page by page, without reading the texts they lie between."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlite_utils

from diffing.archive import documents, edits, findings
from diffing.archive.clock import from_ms, to_ms
from diffing.archive.codec import cell, from_cell
from diffing.archive.findings import Stated
from diffing.change import ChangeKind, Severity
from diffing.edit import EditKind
from diffing.flag import Effect, Flag, Stance
from diffing.version import Document

_FROM = """
FROM versions JOIN changes ON changes.version_id = versions.id JOIN documents ON documents.id = versions.document_id
"""
_ORDER = "ORDER BY versions.observed_at DESC, versions.id DESC LIMIT :limit"
_COLUMNS = f"""
versions.id, versions.observed_at, versions.name, changes.name, older.name, older.observed_at, kind, news, severity,
edits, returned_to, origins.title, origins.url, origins.language, {documents.COLUMNS}
"""
_SELECT = f"""
SELECT {_COLUMNS} {_FROM} JOIN origins ON origins.id = versions.origin_id
LEFT JOIN versions AS older ON older.id = changes.before_id
"""

_CURSOR = re.compile(r"(-?[0-9]{1,18})-([0-9]{1,18})")
"""A place in the list: the time and row of the last item shown."""

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for; None asks for all.

    post: address of a blog post, "" for what is none. since, until: when the newer version was seen, from `since` on
    and before `until`. topic, stance, effect: of one and the same flag.
    """

    since: datetime | None = None
    until: datetime | None = None
    service: str | None = None
    terms: str | None = None
    collection: str | None = None
    post: str | None = None
    kind: ChangeKind | None = None
    news: bool | None = None
    severity: Severity | None = None
    topic: str | None = None
    stance: Stance | None = None
    effect: Effect | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A change as a line in a list. The whole of it is `Archive.change(id)`.

    before_id, before_at: of the older version; None for a new blog post. counts: edits by broad kind, without those of
    which there is none. flags, facts: all of them, in order. url, title, language: of the newer version. Times aware,
    UTC.
    """

    id: str
    document: Document
    title: str
    url: str
    language: str
    before_id: str | None
    before_at: datetime | None
    after_id: str
    after_at: datetime
    kind: ChangeKind
    news: bool
    severity: Severity
    counts: Mapping[EditKind, int]
    flags: tuple[Flag, ...]
    facts: tuple[Stated, ...]
    returned_to: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """Some items of a list, newest first. next: what to ask the next page with; None on the last one."""

    items: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many changes there are, by kind, by severity, and by topic flagged; none that is 0.

    news: those that are news. flagged: those with a flag.
    """

    changes: int
    news: int
    flagged: int
    kinds: Mapping[ChangeKind, int] = field(default_factory=dict)
    severities: Mapping[Severity, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)


def listed(database: sqlite_utils.Database, wanted: Wanted, *, limit: int, after: str | None) -> Page[Listed]:
    """A page of changes. after: `next` of the page before; of another list or damaged, the list ends there."""
    where, values = _where(wanted)
    if after is not None:
        where += " AND (versions.observed_at, versions.id) < (:at, :row)"
        values |= _place(after)
    rows = database.execute(f"{_SELECT} WHERE {where} {_ORDER}", {**values, "limit": limit + 1}).fetchall()
    shown = rows[:limit]
    following = f"{shown[-1][1]}-{shown[-1][0]}" if len(rows) > limit and shown else None
    return Page(items=tuple(_listed(database, row) for row in shown), next=following)


def counts(database: sqlite_utils.Database, wanted: Wanted) -> Counts:
    """How many changes are asked for."""
    where, values = _where(wanted)
    groups = database.execute(
        f"SELECT kind, severity, news, count(*) {_FROM} WHERE {where} GROUP BY 1, 2, 3",
        values,
    ).fetchall()
    topics = database.execute(
        f"SELECT topic, count(DISTINCT change_id) {_FROM} JOIN flags ON flags.change_id = versions.id"
        f" WHERE {where} GROUP BY 1 ORDER BY 1",
        values,
    ).fetchall()
    flagged = database.execute(
        f"SELECT count(DISTINCT change_id) {_FROM} JOIN flags ON flags.change_id = versions.id WHERE {where}",
        values,
    ).fetchone()[0]
    kinds, severities = Counter[ChangeKind](), Counter[Severity]()
    for kind, severity, _, count in groups:
        kinds[ChangeKind(kind)] += count
        severities[Severity(severity)] += count
    return Counts(
        changes=sum(kinds.values()),
        news=sum(count for _, _, news, count in groups if news),
        flagged=flagged,
        kinds=kinds,
        severities=severities,
        topics=dict(topics),
    )


def _listed(database: sqlite_utils.Database, row: Sequence[Any]) -> Listed:
    version, at, name, change, older, older_at, kind, news, severity, packed, returned, title, url, language, *of = row
    return Listed(
        id=change,
        document=documents.from_row(tuple(of)),
        title=from_cell(title),
        url=from_cell(url),
        language=language,
        before_id=older,
        before_at=None if older_at is None else from_ms(older_at),
        after_id=name,
        after_at=from_ms(at),
        kind=ChangeKind(kind),
        news=bool(news),
        severity=Severity(severity),
        counts=Counter(kind.broad for kind in edits.kinds(packed)),
        flags=findings.flags(database, version),
        facts=findings.stated(database, version),
        returned_to=None if returned is None else from_ms(returned),
    )


def _place(cursor: str) -> dict[str, int]:
    place = _CURSOR.fullmatch(cursor)
    return {"at": int(place[1]), "row": int(place[2])} if place else {"at": -(1 << 62), "row": 0}


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The condition, and its values."""
    values: dict[str, Any] = {
        "since": None if wanted.since is None else to_ms(wanted.since),
        "until": None if wanted.until is None else to_ms(wanted.until),
        "kind": wanted.kind,
        "news": wanted.news,
        "severity": wanted.severity,
        "service": wanted.service,
        "terms": wanted.terms,
        "collection": wanted.collection,
        "post": None if wanted.post is None else cell(wanted.post),
        "topic": wanted.topic,
        "stance": wanted.stance,
        "effect": wanted.effect,
    }
    given = {name: value for name, value in values.items() if value is not None}
    clauses = [clause for name, clause in _CLAUSES.items() if name in given]
    for select, names in (
        ("versions.document_id IN (SELECT id FROM documents", ("service", "terms", "collection", "post")),
        ("versions.id IN (SELECT change_id FROM flags", ("topic", "stance", "effect")),
    ):
        mine = [f"{name} = :{name}" for name in names if name in given]
        if mine:
            clauses.append(f"{select} WHERE {' AND '.join(mine)})")
    return " AND ".join(clauses) or "1", given


_CLAUSES = {
    "since": "versions.observed_at >= :since",
    "until": "versions.observed_at < :until",
    "kind": "changes.kind = :kind",
    "news": "changes.news = :news",
    "severity": "changes.severity = :severity",
}
