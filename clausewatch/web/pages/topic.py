"""Topic: who says what on it now, since when, across all services; and when each began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clausewatch.web.pictures import adoption
from clausewatch.web.pictures.picture import as_csv
from clausewatch.web.store import numbers, statements
from clausewatch.web.store.directory import Listed
from clausewatch.web.store.statements import Standing
from clausewatch.web.visit import NoPage, Page, Visit
from diffing.flag import Stance

PER_PAGE: Final = 60
"""Texts on a page."""
STANCES: Final = tuple(stance.value for stance in Stance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What one text says: of each stance the statement that stands longest, and how many others there are."""

    listed: Listed
    said: tuple[tuple[Standing, int], ...]


def page(visit: Visit, name: str, number: str = "1") -> Page:
    """A topic. number: of the page of the table, from 1."""
    if name not in visit.site.topic_names:
        raise NoPage
    stance = visit.asked("stance") if visit.asked("stance") in STANCES else ""
    with visit.site.archive.reading() as database:
        found = statements.select(database, topic=name)
        firsts = numbers.first_adoptions(database, name)
        unread = len(statements.due(database, visit.site.topics_digest))
    texts = gathered(visit.site.directory().by_id, found)
    chosen = [one for one in texts if not stance or any(said.stance == stance for said, _ in one.said)]
    pages = max(1, -(-len(chosen) // PER_PAGE))
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= pages:
        raise NoPage
    at = int(number)
    values = {
        "topic": name,
        "stance": stance,
        "stances": STANCES,
        "counts": {one: services_of(texts, one) for one in STANCES},
        "services": len(visit.site.directory().services),
        "speaking": len({one.listed.document.service for one in texts}),
        "texts": chosen[(at - 1) * PER_PAGE : at * PER_PAGE],
        "number": at,
        "pages": pages,
        "unread": unread,
        "picture": adoption.picture(firsts, name, visit.say, visit.link) if at == 1 else None,
    }
    return Page(template="topic.html", title=visit.say.topic(name), values=values)


def gathered(by_id: Mapping[int, Listed], found: Sequence[Standing]) -> list[Says]:
    """Statements by text, in order of service and terms."""
    by_document: dict[int, list[Standing]] = {}
    for one in found:
        if one.document_id in by_id:
            by_document.setdefault(one.document_id, []).append(one)
    texts = [Says(listed=by_id[document], said=_leading(mine)) for document, mine in by_document.items()]
    return sorted(texts, key=lambda one: (one.listed.document.service.casefold(), one.listed.document.terms))


def services_of(texts: Sequence[Says], stance: str) -> int:
    """How many services have a text that says so."""
    return len({one.listed.document.service for one in texts if any(said.stance == stance for said, _ in one.said)})


def csv(visit: Visit, name: str) -> str:
    """All statements on a topic as CSV."""
    if name not in visit.site.topic_names:
        raise NoPage
    with visit.site.archive.reading() as database:
        found = statements.select(database, topic=name)
    by_id = visit.site.directory().by_id
    rows = [
        (
            by_id[one.document_id].document.service,
            by_id[one.document_id].document.terms,
            by_id[one.document_id].document.collection,
            one.stance,
            one.since.date().isoformat(),
            "" if one.change else "first version",
            one.sentence,
            one.section,
            one.change,
        )
        for one in found
        if one.document_id in by_id
    ]
    head = ("service", "terms", "collection", "stance", "since", "since_is", "sentence", "section", "change")
    return as_csv(head, tuple(sorted(rows)))


def _leading(mine: Sequence[Standing]) -> tuple[tuple[Standing, int], ...]:
    out = []
    for stance in STANCES:
        same = [one for one in mine if one.stance == stance]
        if same:
            out.append((min(same, key=lambda one: (one.since, one.passage)), len(same) - 1))
    return tuple(out)
