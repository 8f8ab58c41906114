"""Terms: the history of one text, what it says today, and the ways to look into it."""

from datetime import UTC, date, datetime, time
from typing import Final

from clausewatch.web.pictures import course
from clausewatch.web.store import statements, timeline
from clausewatch.web.store.directory import Listed
from clausewatch.web.visit import Elsewhere, NoPage, Page, Visit

LINES: Final = 100
"""Lines of the list on a page."""
SAMPLES: Final = 100
"""Versions whose length is drawn, evenly over all."""


def page(visit: Visit, slug: str, number: str = "1") -> Page:
    """One text. number: of the page of the list, from 1."""
    listed = _listed(visit, slug)
    with visit.site.archive.reading() as database:
        steps = timeline.steps(database, listed.id)
        says = statements.select(database, document=listed.id)
    lines = timeline.folded(steps)
    pages = -(-len(lines) // LINES)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= pages:
        raise NoPage
    at = int(number)
    compare = _compare(visit)
    if compare is not None:
        raise compare
    values = {
        "listed": listed,
        "document": listed.document,
        "newest": steps[-1],
        "title_of_post": steps[-1].title,
        "url": _url(visit, listed),
        "line": course.line(steps, visit.say, visit.link),
        "length": course.length(lengths(visit, steps), visit.say) if at == 1 else None,
        "lines": lines[(at - 1) * LINES : at * LINES],
        "number": at,
        "pages": pages,
        "says": says,
        "today": visit.site.now().date(),
    }
    document = listed.document
    return Page(template="terms.html", title=f"{document.service} · {document.terms}", values=values)


def on_a_day(visit: Visit, slug: str) -> Page:
    """Leads to the text in force on a day: at the end of it, in UTC."""
    listed = _listed(visit, slug)
    try:
        day = date.fromisoformat(visit.asked("day"))
        moment = datetime.combine(day, time(23, 59, 59, 999999), UTC)
    except ValueError:
        raise Elsewhere(f"/terms/{slug}") from None
    version = visit.site.archive.at(listed.document, moment)
    if version is None:
        return Page(
            template="nothing.html",
            title=visit.say("terms.not_yet"),
            values={"told": visit.say("terms.not_yet_told", day=visit.say.day(day), first=visit.say.day(listed.first))},
            status=404,
        )
    raise Elsewhere(f"/version/{version.id}")


def lengths(visit: Visit, steps: tuple[timeline.Step, ...]) -> list[tuple[datetime, int]]:
    """(moment, characters) of versions spread evenly over all, the last one among them."""
    every = max(1, -(-len(steps) // SAMPLES))
    chosen = steps[::-1][::every][::-1]
    return [(step.at, visit.site.length(step.version, step.text)) for step in chosen]


def _compare(visit: Visit) -> Elsewhere | None:
    before, after = visit.asked("a"), visit.asked("b")
    if before and after and all(name.isascii() and name.isalnum() for name in (before, after)):
        return Elsewhere(f"/diff/{before}/{after}")
    return None


def _listed(visit: Visit, slug: str) -> Listed:
    listed = visit.site.directory().by_slug.get(slug)
    if listed is None:
        raise NoPage
    return listed


def _url(visit: Visit, listed: Listed) -> str:
    version = visit.site.archive.current(listed.document)
    return version.url if version else ""
