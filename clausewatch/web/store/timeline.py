"""Timeline: the versions of a document with what each changed, without their texts."""

from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from diffing.archive.clock import from_ms
from diffing.archive.codec import from_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A version. kind: of the change that made it, "first" for the first one. change: its id, "" for the first.

    effects: (topic, effect) of its flags, each once. text: number of its text; equal texts have the same.
    """

    version: str
    at: datetime
    kind: str
    change: str
    news: bool
    effects: tuple[tuple[str, str], ...]
    title: str
    text: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the list: a step, or several flips of a page that goes back and forth, the newest first."""

    steps: tuple[Step, ...]

    @property
    def flips(self) -> bool:
        """Whether it stands for several."""
        return len(self.steps) > 1


def steps(database: sqlite_utils.Database, document: int) -> tuple[Step, ...]:
    """All versions of a document, oldest first."""
    effects: dict[int, dict[tuple[str, str], None]] = {}
    for row, topic, effect in database.execute(
        "SELECT flags.change_id, topic, effect FROM versions JOIN flags ON flags.change_id = versions.id"
        " WHERE document_id = ? ORDER BY flags.change_id, position",
        (document,),
    ).fetchall():
        effects.setdefault(row, {})[topic, effect] = None
    rows = database.execute(
        "SELECT versions.id, versions.name, observed_at, coalesce(changes.kind, 'first'), coalesce(changes.name, ''),"
        " coalesce(changes.news, 0), origins.title, text_id FROM versions JOIN origins ON origins.id = origin_id"
        " LEFT JOIN changes ON changes.version_id = versions.id WHERE document_id = ?"
        " ORDER BY observed_at, versions.id",
        (document,),
    )
    return tuple(
        Step(
            version=row[1],
            at=from_ms(row[2]),
            kind=row[3],
            change=row[4],
            news=bool(row[5]),
            effects=tuple(effects.get(row[0], {})),
            title=from_cell(row[6]),
            text=row[7],
        )
        for row in rows.fetchall()
    )


def folded(all_steps: tuple[Step, ...]) -> tuple[Line, ...]:
    """The steps newest first, flips that follow each other on one line.

    A flip is a return that is no news.
    """
    lines: list[list[Step]] = []
    for step in reversed(all_steps):
        flip = step.kind == "return" and not step.news
        if flip and lines and lines[-1][-1].kind == "return" and not lines[-1][-1].news:
            lines[-1].append(step)
        else:
            lines.append([step])
    return tuple(Line(steps=tuple(line)) for line in lines)
