"""Search: full text over all passages ever seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlite_utils

from diffing.archive import holdings
from diffing.archive.clock import to_ms
from diffing.archive.excerpt import Part, excerpt
from diffing.archive.holdings import Holding
from diffing.archive.question import Question, Term, words_of
from diffing.archive.texts import Texts
from diffing.block import text_of

RANKED = 2_000
"""Most passages that are ranked by how well they fit; of more, the newest come first: a word that stands nearly
everywhere says little about which passage is meant, and ranking costs a few microseconds each."""

_HELD = """EXISTS (
    SELECT 1 FROM holdings JOIN versions ON versions.id = holdings.first
    WHERE holdings.wording = {wording} AND {where}
)"""


_NEWEST = """(
    SELECT max(versions.observed_at) FROM holdings JOIN versions ON versions.id = holdings.first
    WHERE holdings.wording = flagged.wording
) DESC, wording DESC"""
_TYPED = "SELECT rowid FROM wording_index WHERE wording_index MATCH :typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Where to search; None is everywhere.

    topic: passages that speak of it, or in which a change was flagged for it. since: first seen in a document at or
    after this moment. current: only what stands in the version in force. All must hold in the same document.
    """

    service: str | None = None
    terms: str | None = None
    collection: str | None = None
    topic: str | None = None
    since: datetime | None = None
    current: bool = False


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found.

    text: its words, as it was first seen. excerpt: the part of them that fits, see `excerpt`.
    holdings: who says it and when, those that say it today first; never empty. Only those within what was asked for.
    """

    text: str
    excerpt: tuple[Part, ...]
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of hits, best first. more: whether others follow. behind: versions too new to be searched yet."""

    hits: tuple[Hit, ...]
    more: bool
    behind: int = 0


def search(
    database: sqlite_utils.Database, texts: Texts, asked: Question | None, within: Within, *, limit: int, offset: int
) -> Found:
    """The passages that fit, best first; where more than RANKED fit, those first seen last come first.

    Those with the words as they were typed come before those with other forms of them.
    asked: None for all passages on the topic of `within`, those first seen last first.
    """
    if asked is None:
        where, values = _filter(database, within, wording="flagged.wording")
        fitting, order = f"SELECT wording FROM flagged WHERE TRUE {where}", _NEWEST  # noqa: S608
    else:
        where, values = _filter(database, within, wording="wording_index.rowid")
        values |= {"match": asked.match, "typed": asked.typed or asked.match}
        fitting = f"SELECT rowid FROM wording_index WHERE wording_index MATCH :match {where}"  # noqa: S608
        counted = database.execute(f"SELECT count(*) FROM ({fitting} LIMIT {RANKED + 1})", values)  # noqa: S608
        typed = f"rowid IN ({_TYPED}) DESC, " if asked.typed not in ("", asked.match) else ""
        order = typed + ("rank, rowid DESC" if counted.fetchone()[0] <= RANKED else "rowid DESC")
    values |= {"limit": limit + 1, "offset": offset}
    rows = database.execute(f"{fitting} ORDER BY {order} LIMIT :limit OFFSET :offset", values)
    wordings = [row[0] for row in rows.fetchall()]
    terms = () if asked is None else asked.terms
    return Found(hits=_hits(database, texts, terms, within, wordings[:limit]), more=len(wordings) > limit)


def beginning_with(database: sqlite_utils.Database, start: str) -> list[str]:
    """The words of the full text that begin so, by the alphabet."""
    database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, wording_index, row)")
    end = start[:-1] + chr(ord(start[-1]) + 1)
    rows = database.execute("SELECT term FROM vocabulary WHERE term >= ? AND term < ?", (start, end))
    return [row[0] for row in rows.fetchall()]


def shown_at(hit: Hit, evidence: str) -> Hit:
    """The same hit with the stretch around these words of it, marked; as it is where there are none."""
    words = tuple(words_of(evidence))
    return replace(hit, excerpt=excerpt(hit.text, (Term(words=words),))) if words else hit


def _hits(
    database: sqlite_utils.Database, texts: Texts, terms: Sequence[Term], within: Within, wordings: Sequence[int]
) -> tuple[Hit, ...]:
    held = holdings.of_wordings(database, wordings)
    words = {number: text_of(block) for number, block in texts.passages(wordings).items()}
    return tuple(
        Hit(
            text=words[number],
            excerpt=excerpt(words[number], terms),
            holdings=tuple(holding for holding in held[number] if _is_within(holding, within)),
        )
        for number in wordings
    )


def _is_within(holding: Holding, within: Within) -> bool:
    document = holding.document
    return (
        within.service in (None, document.service)
        and within.terms in (None, document.terms)
        and within.collection in (None, document.collection)
        and (within.since is None or holding.since >= within.since)
        and (holding.current or not within.current)
    )


def _filter(database: sqlite_utils.Database, within: Within, *, wording: str) -> tuple[str, dict[str, Any]]:
    """The condition on wordings, and its values. wording: the column that has their id."""
    clauses: list[str] = []
    values: dict[str, Any] = {}
    named = {"service": within.service, "terms": within.terms, "collection": within.collection}
    given = {column: value for column, value in named.items() if value is not None}
    if within.topic is not None:
        of_topic = "topic = :topic"
        own = wording == "flagged.wording"
        clauses.append(of_topic if own else f"rowid IN (SELECT wording FROM flagged WHERE {of_topic})")  # noqa: S608
        values["topic"] = within.topic
    held: list[str] = []
    if given:
        where = " AND ".join(f"{column} = :{column}" for column in given)
        held.append(f"holdings.document_id IN (SELECT id FROM documents WHERE {where})")  # noqa: S608
        clauses.append(f"+{wording} IN (SELECT wording FROM holdings WHERE {held[0]})")  # noqa: S608
        values |= given
    if within.since is not None or within.current:
        if within.since is not None:
            held.append("versions.observed_at >= :since")
            values["since"] = to_ms(within.since)
        if within.current:
            held.append("holdings.until IS NULL")
        clauses.append(_HELD.format(wording=wording, where=" AND ".join(held)))
    return "".join(f" AND {clause}" for clause in clauses), values
