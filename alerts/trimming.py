"""Trim a note until it fits where it goes: between words, never mid-word, with the rest behind its links. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from alerts.note import Note
from alerts.shorten import ELLIPSIS, shorten
from diffing.edit import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim:
    """How much of a note is kept. passages: how many; text: characters of each passage, and of each other paragraph.

    title: characters of the title of a digest's item.
    """

    passages: int
    text: int
    title: int = 150


LADDER: Final = (
    Trim(passages=25, text=2500),
    Trim(passages=12, text=1500),
    Trim(passages=8, text=900),
    Trim(passages=6, text=600),
    Trim(passages=4, text=450, title=120),
    Trim(passages=3, text=300, title=100),
    Trim(passages=2, text=200, title=80),
    Trim(passages=1, text=120, title=70),
    Trim(passages=0, text=80, title=60),
    Trim(passages=0, text=0, title=50),
)
"""The first with which the message fits is taken. The last holds 40 items of a digest in 3,000 characters."""


def fitted(note: Note, write: Callable[[Note], T], fits: Callable[[T], bool]) -> T:
    """Write a note with as much of it as fits. What is left out is said in `rest`; the last form is taken as it is."""
    written = write(trimmed(note, LADDER[0]))
    for trim in LADDER[1:]:
        if fits(written):
            return written
        written = write(trimmed(note, trim))
    return written


def trimmed(note: Note, trim: Trim) -> Note:
    """Keep the first passages, each cut between words, and say how many are left out."""
    left_out = len(note.passages) - trim.passages
    more = (note.words["omitted"].format(number=left_out),) if left_out > 0 else ()
    return replace(
        note,
        lead=shorten(note.lead, max(trim.text, 300)),
        facts=tuple((label, shorten(value, max(trim.text // 2, 120))) for label, value in note.facts),
        opt_out=shorten(note.opt_out, max(trim.text, 120)),
        passages=tuple(
            replace(one, section=shorten(one.section, max(trim.text // 4, 60)), runs=clipped(one.runs, trim.text))
            for one in note.passages[: trim.passages]
        ),
        items=tuple(
            replace(one, title=shorten(one.title, trim.title), lead=shorten(one.lead, trim.text) if trim.text else "")
            for one in note.items
        ),
        rest=(*more, *note.rest),
    )


def clipped(runs: Sequence[Span], limit: int) -> tuple[Span, ...]:
    """Cut runs to at most `limit` characters in all, between words; an ellipsis stands where something is missing.

    >>> from diffing.edit import Op
    >>> [run.text for run in clipped((Span(op=Op.KEEP, text="We may "), Span(op=Op.INSERT, text="use your posts")), 15)]
    ['We may ', 'use…']
    """
    if sum(len(run.text) for run in runs) <= limit:
        return tuple(runs)
    kept: list[Span] = []
    room = limit - len(ELLIPSIS)
    for run in runs:
        if len(run.text) > room:
            text = shorten(run.text, room + len(ELLIPSIS)) if room > 0 else ELLIPSIS
            return (*kept, replace(run, text=text))
        kept.append(run)
        room -= len(run.text)
    return tuple(kept)
