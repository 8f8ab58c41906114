"""Changes: the judgement on what lies between two versions, with its edits, flags and facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlite_utils

from diffing.archive import versions
from diffing.archive.codec import cell, from_cell
from diffing.archive.lines import Lines
from diffing.change import Change, ChangeKind, Judgement, Severity
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance
from diffing.version import Version
from diffing.words import word_edits

_SELECT = """
SELECT changes.version_id FROM changes JOIN versions ON versions.id = changes.version_id
JOIN documents ON documents.id = versions.document_id
"""

_SELECT = """
SELECT changes.version_id FROM changes JOIN versions ON versions.id = changes.version_id
JOIN documents ON documents.id = versions.document_id
"""
_ORDER = "ORDER BY versions.observed_at DESC, versions.id DESC LIMIT :limit"


@lru_cache(maxsize=16)
def _lines(text: str) -> Lines:
    return Lines(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for; None asks for all. since: milliseconds, of the newer version."""

    since: int | None = None
    service: str | None = None
    terms: str | None = None
    collection: str | None = None
    topic: str | None = None
    kind: ChangeKind | None = None
    news: bool | None = None
    limit: int | None = None


def add(database: sqlite_utils.Database, version_id: int, change: Change) -> None:
    """Keep the change that made the version in that row."""
    before, judgement = change.before, change.judgement
    database.execute(
        "INSERT INTO changes (version_id, name, before_id, kind, news, severity) VALUES (?, ?, ?, ?, ?, ?)",
        (
            version_id,
            change.id,
            versions.find(database, before.id) if before else None,
            judgement.kind.value,
            judgement.news,
            judgement.severity.value,
        ),
    )
    old = _lines(before.text if before else "").starts if judgement.edits else []
    new = _lines(change.after.text).starts if judgement.edits or judgement.facts else []
    database.conn.executemany(
        "INSERT INTO edits VALUES (?, ?, ?, ?, ?)",
        [
            (
                version_id,
                position,
                edit.kind.value,
                None if edit.before_index is None else old[edit.before_index],
                None if edit.after_index is None else new[edit.after_index],
            )
            for position, edit in enumerate(judgement.edits)
        ],
    )
    database.conn.executemany(
        "INSERT INTO flags VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(version_id, position, *_flag_row(flag)) for position, flag in enumerate(judgement.flags)],
    )
    database.conn.executemany(
        "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(version_id, position, *_fact_row(fact, new)) for position, fact in enumerate(judgement.facts)],
    )


def select(database: sqlite_utils.Database, wanted: Wanted) -> list[int]:
    """The rows of the changes asked for, newest first."""
    where, values = ["1"], dict[str, Any]()
    for clause, name, value in (
        ("versions.observed_at >= :since", "since", wanted.since),
        ("documents.service = :service", "service", wanted.service),
        ("documents.terms = :terms", "terms", wanted.terms),
        ("documents.collection = :collection", "collection", wanted.collection),
        ("changes.kind = :kind", "kind", wanted.kind.value if wanted.kind else None),
        ("changes.news = :news", "news", wanted.news),
        ("changes.version_id IN (SELECT change_id FROM flags WHERE topic = :topic)", "topic", wanted.topic),
    ):
        if value is not None:
            where.append(clause)
            values[name] = value
    sql = f"{_SELECT} WHERE {' AND '.join(where)} {_ORDER}"
    rows = database.execute(sql, {**values, "limit": -1 if wanted.limit is None else wanted.limit})
    return [row[0] for row in rows.fetchall()]


def find(database: sqlite_utils.Database, name: str) -> int | None:
    """The row of the change with that id, None when there is none."""
    row = database.execute("SELECT version_id FROM changes WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def get(database: sqlite_utils.Database, store: versions.Versions, version_id: int) -> Change:
    """The change that made the version in that row."""
    before_id, kind, news, severity = database.execute(
        "SELECT before_id, kind, news, severity FROM changes WHERE version_id = ?", (version_id,)
    ).fetchone()
    before = store.get(database, before_id) if before_id is not None else None
    after = store.get(database, version_id)
    judgement = Judgement(
        kind=ChangeKind(kind),
        news=bool(news),
        severity=Severity(severity),
        edits=_edits(database, version_id, before, after),
        flags=_flags(database, version_id),
        facts=_facts(database, version_id, after),
    )
    return Change(before=before, after=after, judgement=judgement)


def _edits(
    database: sqlite_utils.Database, version_id: int, before: Version | None, after: Version
) -> tuple[Edit, ...]:
    rows = database.execute(
        "SELECT kind, before_line, after_line FROM edits WHERE change_id = ? ORDER BY position", (version_id,)
    ).fetchall()
    if not rows:
        return ()
    old, new = _lines(before.text if before else ""), _lines(after.text)
    return tuple(_edit(EditKind(kind), old, new, before_line, after_line) for kind, before_line, after_line in rows)


def _edit(kind: EditKind, old: Lines, new: Lines, before_line: int | None, after_line: int | None) -> Edit:
    before_index = None if before_line is None else old.number(before_line)
    after_index = None if after_line is None else new.number(after_line)
    before = None if before_index is None else old.passages[before_index]
    after = None if after_index is None else new.passages[after_index]
    reworded = kind is EditKind.REWORDED and before is not None and after is not None
    return Edit(
        kind=kind,
        before=before,
        after=after,
        before_index=before_index,
        after_index=after_index,
        words=word_edits(before.text, after.text) if reworded and before and after else (),
    )


def _flag_row(flag: Flag) -> tuple[Any, ...]:
    return (
        flag.topic,
        flag.stance.value,
        flag.effect.value,
        flag.edit,
        None if flag.before is None else cell(flag.before),
        None if flag.after is None else cell(flag.after),
        cell(flag.evidence),
        flag.rule,
    )


def _flags(database: sqlite_utils.Database, version_id: int) -> tuple[Flag, ...]:
    rows = database.execute(
        "SELECT topic, stance, effect, edit, before, after, evidence, rule FROM flags WHERE change_id = ?"
        " ORDER BY position",
        (version_id,),
    )
    return tuple(
        Flag(
            topic=topic,
            stance=Stance(stance),
            effect=Effect(effect),
            edit=edit,
            before=None if before is None else from_cell(before),
            after=None if after is None else from_cell(after),
            evidence=from_cell(evidence),
            rule=rule,
        )
        for topic, stance, effect, edit, before, after, evidence, rule in rows.fetchall()
    )


def _fact_row(fact: Fact, starts: Sequence[int]) -> tuple[Any, ...]:
    return fact.name.value, cell(fact.value), cell(fact.quote), starts[fact.passage], fact.start, fact.end


def _facts(database: sqlite_utils.Database, version_id: int, after: Version) -> tuple[Fact, ...]:
    rows = database.execute(
        'SELECT name, value, quote, line, "start", "end" FROM facts WHERE change_id = ? ORDER BY position',
        (version_id,),
    ).fetchall()
    return tuple(
        Fact(
            name=FactName(name),
            value=from_cell(value),
            quote=from_cell(quote),
            passage=_lines(after.text).number(line),
            start=start,
            end=end,
        )
        for name, value, quote, line, start, end in rows
    )
