"""Findings: flags, facts and statements over all texts, and the search in what was ever said."""

from typing import Annotated

from fastapi import APIRouter, Query

from clausewatch.web.api import forms, shapes
from clausewatch.web.api.here import Here, TermsId, TopicName, document, slug
from clausewatch.web.api.paging import Cursor, Limit, cursor, place
from clausewatch.web.api.problems import ERRORS, MISSING, Problem
from clausewatch.web.api.tagged import Tagged
from clausewatch.web.rendering import iso
from clausewatch.web.slugs import document_slug
from clausewatch.web.store import rows, statements
from diffing.archive.errors import EmptyQuestion
from diffing.archive.search import Within
from diffing.fact import FactName
from diffing.flag import Effect

routes = APIRouter(prefix="/api/v1", route_class=Tagged, responses=ERRORS)


@routes.get("/flags", tags=["Findings"], responses=MISSING)
def flags(
    site: Here,
    topic: TopicName = "",
    effect: Effect | None = None,
    terms_id: TermsId = "",
    after: Cursor = "",
    limit: Limit = 50,
) -> shapes.Listing[shapes.FlagEntry]:
    """Flags, those of the newest changes first."""
    start = place(after, int, int, int)
    chosen = effect.value if effect else ""
    with site.archive.reading() as database:
        found = rows.flags(
            database, start or rows.END, limit + 1, topic=topic, effect=chosen, document=document(site, terms_id)
        )
    return shapes.Listing(
        data=[forms.flag(one, slug(site, one.document_id)) for one in found[:limit]],
        next=cursor(*found[limit - 1].place) if len(found) > limit else None,
    )


@routes.get("/facts", tags=["Findings"], responses=MISSING)
def facts(
    site: Here, name: FactName | None = None, terms_id: TermsId = "", after: Cursor = "", limit: Limit = 50
) -> shapes.Listing[shapes.FactEntry]:
    """Facts, those of the newest changes first."""
    start = place(after, int, int, int)
    chosen = name.value if name else ""
    with site.archive.reading() as database:
        found = rows.facts(database, start or rows.END, limit + 1, name=chosen, document=document(site, terms_id))
    return shapes.Listing(
        data=[forms.fact(one, slug(site, one.document_id)) for one in found[:limit]],
        next=cursor(*found[limit - 1].place) if len(found) > limit else None,
    )


@routes.get("/statements", tags=["Findings"], responses=MISSING)
def standing(site: Here, topic: TopicName = "", terms_id: TermsId = "") -> list[shapes.Statement]:
    """What the texts in force say: who says what on a topic now, since when."""
    with site.archive.reading() as database:
        found = statements.select(database, topic=topic or None, document=document(site, terms_id))
    by_id = site.directory().by_id
    return [forms.statement(one, by_id[one.document_id]) for one in found if one.document_id in by_id]


FARTHEST = 1000
"""Hits into the list after which nothing is given: a search is for what fits best."""


@routes.get("/search", tags=["Findings"], responses=MISSING)
def search(
    site: Here,
    q: Annotated[str, Query(min_length=1, max_length=400, description='Words, "phrases", begin*, -without, a OR b.')],
    service: Annotated[str, Query(max_length=200, description="Name of a service; all without one.")] = "",
    topic: TopicName = "",
    current: Annotated[bool, Query(description="Only what stands in a text in force.")] = False,
    after: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> shapes.Listing[shapes.Hit]:
    """Passages ever seen, best first: who says it, since when, until when."""
    start = place(after, int)
    offset = min(max(start[0], 0), FARTHEST) if start else 0
    within = Within(service=service or None, topic=topic or None, current=current)
    try:
        found = site.archive.asking.search(q, within, limit=limit, offset=offset)
    except EmptyQuestion as error:
        raise Problem(404, "not_found", f"`q`: {error.what}") from error
    following = offset + limit
    return shapes.Listing(
        data=[
            shapes.Hit(
                text=forms.whole(hit.text),
                excerpt=forms.whole("".join(part.text for part in hit.excerpt)),
                holdings=[
                    shapes.HoldingEntry(
                        terms=document_slug(one.document),
                        service=one.document.service,
                        since=iso(one.since),
                        until=iso(one.until) if one.until else None,
                        version_id=one.version_id,
                    )
                    for one in hit.holdings
                ],
            )
            for hit in found.hits
        ],
        next=cursor(following) if found.more and following <= FARTHEST else None,
    )
