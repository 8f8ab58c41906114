"""Changes: what changed, in pages, and each with its edits."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from alerts.payload import change_data
from clausewatch import wiring
from clausewatch.web.api import forms, shapes
from clausewatch.web.api.here import Here, TermsId, TopicName, document, found_change
from clausewatch.web.api.paging import Cursor, Limit, cursor, place
from clausewatch.web.api.problems import ERRORS, MISSING
from clausewatch.web.api.tagged import Tagged
from clausewatch.web.store import entries
from clausewatch.web.store.entries import Filter
from diffing.archive.clock import to_ms
from diffing.change import ChangeKind
from diffing.flag import Effect

routes = APIRouter(prefix="/api/v1", route_class=Tagged, responses=ERRORS)


@routes.get("/changes", tags=["Changes"], responses=MISSING)
def changes(
    site: Here,
    terms_id: TermsId = "",
    topic: TopicName = "",
    effect: Effect | None = None,
    kind: ChangeKind | None = None,
    show: Annotated[Literal["flagged", "news", "all"], Query(description="all: noise too.")] = "news",
    since: Annotated[date | None, Query(description="From this day on, in UTC.")] = None,
    until: Annotated[date | None, Query(description="Until the end of this day, in UTC.")] = None,
    after: Cursor = "",
    limit: Limit = 50,
) -> shapes.Listing[shapes.ChangeEntry]:
    """Changes, newest first."""
    start = place(after, int, int)
    wanted = Filter(
        show="all" if kind and show == "news" else show,
        topic=topic,
        effect=effect.value if effect else "",
        kind=kind.value if kind else "",
        document_id=document(site, terms_id),
        since=datetime.combine(since, time(), UTC) if since else None,
        until=forms.end(until) if until else None,
        place=start,
    )
    with site.archive.reading() as database:
        found = entries.select(database, wanted, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return shapes.Listing(
        data=[forms.change(one, site.directory().by_id[one.document_id]) for one in found[:limit]],
        next=cursor(to_ms(last.at), last.row) if last else None,
    )


@routes.get("/changes/{change_id}", tags=["Changes"], responses=MISSING)
def change(site: Here, change_id: str) -> shapes.ChangeData:
    """A change in the form of the webhook, with its sentence, facts and flags."""
    found = found_change(site, change_id)
    return change_data(found, links=wiring.links(site.config)(found))


@routes.get("/changes/{change_id}/edits", tags=["Changes"], responses=MISSING)
def edits(site: Here, change_id: str) -> list[shapes.Edit]:
    """The steps of a change, in the order of the new text."""
    return [
        shapes.Edit(
            kind=edit.kind.value,
            section=[forms.whole(heading) for heading in shown.section],
            before=" ".join(forms.whole(one.text) for one in edit.olds) if edit.olds else None,
            after=" ".join(forms.whole(one.text) for one in edit.news) if edit.news else None,
            before_index=edit.before_index,
            after_index=edit.after_index,
            words=[(span.op.value, forms.whole(span.text)) for span in edit.words],
        )
        for edit in found_change(site, change_id).judgement.edits
        if (shown := edit.after or edit.before) is not None
    ]
