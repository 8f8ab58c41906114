"""Latest: flagged changes first, newest on top, with filters and a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, get_args

from clausewatch.web.pictures import months
from clausewatch.web.store import entries, numbers
from clausewatch.web.store.directory import Directory
from clausewatch.web.store.entries import Entry, Filter, Mark, Show
from clausewatch.web.visit import NoPage, Page, Visit
from diffing.archive.clock import to_ms
from diffing.change import ChangeKind
from diffing.flag import Effect

PAGE: Final = 20
"""Changes on a page."""
ASIDE: Final = 8
"""Changes without a flag beside them."""
YEAR_LIMIT: Final = 300
"""Changes on the page of a year."""
QUOTED: Final = 2
"""Flags quoted below a change in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A change in a list as a reader sees it: where, the sentence, and what was flagged, each effect once."""

    entry: Entry
    service: str
    terms: str
    collection: str
    sentence: str
    effects: tuple[tuple[str, str], ...]
    quotes: tuple[Mark, ...]


def page(visit: Visit) -> Page:
    """The front page."""
    wanted = _filter(visit)
    known = visit.site.directory()
    with visit.site.archive.reading() as database:
        found = entries.select(database, wanted, PAGE + 1)
        matching = entries.count(database, wanted)
        totals = numbers.totals(database)
        by_month = numbers.by_month(database)
        aside = entries.select(database, Filter(show="news"), ASIDE * 4)
    shown = found[:PAGE]
    more = found[PAGE - 1] if len(found) > PAGE else None
    filtered = any(visit.asked(name) for name in ("topic", "effect", "service", "kind", "since", "until", "show"))
    values = {
        "stories": stories(visit, known, shown),
        "aside": () if filtered else tuple(briefs(known, [one for one in aside if not one.marks][:ASIDE])),
        "older": visit.again(before=f"{to_ms(more.at)}-{more.row}") if more else "",
        "paged": wanted.place is not None,
        "matching": matching,
        "totals": totals,
        "picture": months.picture(by_month, visit.site.topic_names, visit.say, visit.link),
        "years": sorted({month[:4] for month in by_month}, reverse=True),
        "filtered": filtered,
        "wanted": wanted,
        "services": tuple(known.services),
        "effects": [effect.value for effect in Effect],
        "kinds": [kind.value for kind in ChangeKind],
        "topics": visit.site.topic_names,
        "recent": visit.site.now() - timedelta(days=7),
    }
    return Page(template="latest.html", title=visit.say("latest.title"), values=values)


def year(visit: Visit, year: str) -> Page:
    """The flagged changes of one year, all on a page."""
    if not (year.isascii() and year.isdigit() and 1990 <= int(year) <= 9998):
        raise NoPage
    start, end = datetime(int(year), 1, 1, tzinfo=UTC), datetime(int(year) + 1, 1, 1, tzinfo=UTC)
    known = visit.site.directory()
    with visit.site.archive.reading() as database:
        found = entries.select(database, Filter(since=start, until=end), YEAR_LIMIT)
        by_month = numbers.by_month(database)
    values = {
        "year": year,
        "lines": [(brief, brief.effects) for brief in briefs(known, found)],
        "years": sorted({month[:4] for month in by_month}),
    }
    return Page(template="year.html", title=visit.say("latest.year", year=year), values=values)


def stories(visit: Visit, known: Directory, found: Sequence[Entry]) -> tuple[Story, ...]:
    """Entries with the sentence that sums each up; those without a flag are told by their kind."""
    return tuple(
        _story(known, entry, visit.site.sentence(entry.id, visit.language) if entry.marks else "") for entry in found
    )


def briefs(known: Directory, found: Sequence[Entry]) -> tuple[Story, ...]:
    """Entries without their sentences."""
    return tuple(_story(known, entry, "") for entry in found)


def _story(known: Directory, entry: Entry, sentence: str) -> Story:
    document = known.by_id[entry.document_id].document
    quotes: dict[str, Mark] = {}
    for mark in entry.marks:
        quotes.setdefault(mark.sentence, mark)
    return Story(
        entry=entry,
        service=document.service,
        terms=document.terms,
        collection=document.collection,
        sentence=sentence,
        effects=tuple(dict.fromkeys((mark.topic, mark.effect) for mark in entry.marks)),
        quotes=tuple(quotes.values())[:QUOTED],
    )


def _filter(visit: Visit) -> Filter:
    """What the query asks for; a value that cannot be is as good as none."""
    show = visit.asked("show")
    kind, effect, topic = visit.asked("kind"), visit.asked("effect"), visit.asked("topic")
    chosen: Show = show if show in get_args(Show) else ("all" if kind else "flagged")  # type: ignore[assignment]
    until = _day(visit.asked("until"))
    return Filter(
        show=chosen,
        topic=topic if topic in visit.site.topic_names else "",
        effect=effect if effect in list(Effect) else "",
        kind=kind if kind in list(ChangeKind) else "",
        service=visit.asked("service"),
        since=_day(visit.asked("since")),
        until=until + timedelta(days=1) if until else None,
        place=_place(visit.asked("before")),
    )


def _day(text: str) -> datetime | None:
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year < 9999 else None


def _place(text: str) -> tuple[int, int] | None:
    at, _, row = text.partition("-")
    plain = at.isascii() and at.isdigit() and row.isascii() and row.isdigit() and len(text) <= 30
    return (int(at), int(row)) if plain and max(len(at), len(row)) < 16 else None
