"""Change: one change, whole: the reason, the facts with their quotations, the redline."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from alerts.note import BY_WEIGHT
from clausewatch.web.quoting import short_quote
from clausewatch.web.redline import rows
from clausewatch.web.store import entries, verdicts
from clausewatch.web.values import fact_lines
from clausewatch.web.visit import NoPage, Page, Visit
from diffing.archive import changes
from diffing.change import Change
from diffing.flag import Flag

VIEWS: Final = ("inline", "side")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFlag:
    """A flag as a reader sees it. number: from 1. href: where its passage stands in the redline."""

    number: int
    flag: Flag
    sentence: Markup
    section: str
    href: str


def page(visit: Visit, change_id: str) -> Page:
    """A change by its id, or by the first characters of it."""
    change = visit.site.archive.change(change_id)
    if change is None:
        raise NoPage
    known = visit.site.directory()
    listed = known.of(change.after.document)
    with visit.site.archive.reading() as database:
        row = changes.find(database, change.id)
        assert row is not None, "it was just read"
        before, after = entries.beside(database, row)
        own_before, own_after = entries.beside(database, row, listed.id if listed else None)
        said = verdicts.of_change(database, row)
        notes = verdicts.acknowledged(database, row)
    whole = visit.asked("whole") == "yes"
    side = visit.asked("view") == "side"
    values = {
        "change": change,
        "listed": listed,
        "sentence": visit.site.sentence(change.id, visit.language, change),
        "facts": fact_lines(change.judgement.facts, visit.say, visit.site.now().date()),
        "flags": shown_flags(change),
        "topics": change.topics,
        "rows": rows(change, whole=whole),
        "whole": whole,
        "side": side,
        "neighbours": (before, after),
        "own": (own_before, own_after),
        "verdicts": said,
        "notes": notes,
        "counts": counts(change),
    }
    document = change.after.document
    return Page(template="change.html", title=f"{document.service} · {document.terms}", values=values)


def shown_flags(change: Change) -> tuple[ShownFlag, ...]:
    """The flags of a change, those that take something from people first, each with its sentence and place."""
    numbered = sorted(enumerate(change.judgement.flags, 1), key=lambda pair: BY_WEIGHT.index(pair[1].effect.value))
    return tuple(_shown(change, number, flag) for number, flag in numbered)


def _shown(change: Change, number: int, flag: Flag) -> ShownFlag:
    edit = change.judgement.edits[flag.edit]
    passage = edit.after or edit.before
    sentence = flag.after if flag.after is not None else flag.before
    anchor = f"r{edit.before_index}" if edit.after_index is None else f"p{edit.after_index}"
    return ShownFlag(
        number=number,
        flag=flag,
        sentence=short_quote(sentence if sentence is not None else flag.evidence, flag.evidence),
        section=" › ".join(passage.section) if passage else "",
        href=f"#{anchor}",
    )


def counts(change: Change) -> dict[str, int]:
    """How many passages were added, removed, reworded and moved; those with none are left out."""
    found: dict[str, int] = {}
    for edit in change.judgement.edits:
        found[edit.kind.broad.value] = found.get(edit.kind.broad.value, 0) + 1
    return found
