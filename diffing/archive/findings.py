"""Findings: the flags and facts of a change, a row each."""

from dataclasses import dataclass
from typing import Any

import sqlite_utils

from diffing.archive.codec import cell, from_cell
from diffing.archive.lines import Lines
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact without where it stands; fields as in `Fact`."""

    name: FactName
    value: str
    quote: str


def add(
    database: sqlite_utils.Database, version_id: int, flags: tuple[Flag, ...], facts: tuple[Fact, ...], new: Lines
) -> None:
    """Keep what was found in the change that made the version in that row. new: lines of its text."""
    database.conn.executemany(
        "INSERT INTO flags VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(version_id, position, *_flag_row(flag)) for position, flag in enumerate(flags)],
    )
    database.conn.executemany(
        "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(version_id, position, *_fact_row(fact, new)) for position, fact in enumerate(facts)],
    )


def flags(database: sqlite_utils.Database, version_id: int) -> tuple[Flag, ...]:
    """The flags of a change, in the order given."""
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


def facts(database: sqlite_utils.Database, version_id: int, new: Lines) -> tuple[Fact, ...]:
    """The facts of a change, in the order given. new: lines of the text they were read from."""
    rows = database.execute(
        'SELECT name, value, quote, line, "start", "end" FROM facts WHERE change_id = ? ORDER BY position',
        (version_id,),
    )
    return tuple(
        Fact(
            name=FactName(name),
            value=from_cell(value),
            quote=from_cell(quote),
            passage=new.number(line),
            start=start,
            end=end,
        )
        for name, value, quote, line, start, end in rows.fetchall()
    )


def stated(database: sqlite_utils.Database, version_id: int) -> tuple[Stated, ...]:
    """The facts of a change without where they stand, for which its text would have to be read."""
    rows = database.execute("SELECT name, value, quote FROM facts WHERE change_id = ? ORDER BY position", (version_id,))
    return tuple(
        Stated(name=FactName(name), value=from_cell(value), quote=from_cell(quote))
        for name, value, quote in rows.fetchall()
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


def _fact_row(fact: Fact, new: Lines) -> tuple[Any, ...]:
    return fact.name.value, cell(fact.value), cell(fact.quote), new.start(fact.passage), fact.start, fact.end
