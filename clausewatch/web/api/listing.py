"""Listing: services, terms and versions, in pages."""

from typing import Annotated

from fastapi import APIRouter, Query

from clausewatch.web.api import forms, shapes
from clausewatch.web.api.here import Here, TermsId, document, named, slug
from clausewatch.web.api.paging import Cursor, Limit, cursor, place
from clausewatch.web.api.problems import ERRORS, MISSING, missing
from clausewatch.web.api.tagged import Tagged
from clausewatch.web.store import rows
from diffing.archive.clock import to_ms

routes = APIRouter(prefix="/api/v1", route_class=Tagged, responses=ERRORS)


@routes.get("/services", tags=["Services"], responses=MISSING)
def services(site: Here, after: Cursor = "", limit: Limit = 50) -> shapes.Listing[shapes.Service]:
    """All services, by name."""
    start = place(after, str)
    every = list(site.directory().services.items())
    key = (start[0].casefold(), start[0]) if start else ("", "")
    chosen = [(name, listed) for name, listed in every if (name.casefold(), name) > key][: limit + 1]
    return shapes.Listing(
        data=[forms.service(name, listed) for name, listed in chosen[:limit]],
        next=cursor(chosen[limit - 1][0]) if len(chosen) > limit else None,
    )


@routes.get("/services/{service_id}", tags=["Services"], responses=MISSING)
def service(site: Here, service_id: str) -> shapes.Service:
    """One service."""
    name = site.directory().service_slugs.get(service_id)
    if name is None:
        raise missing("service")
    return forms.service(name, site.directory().services[name])


@routes.get("/terms", tags=["Terms"], responses=MISSING)
def terms(
    site: Here,
    service_id: Annotated[str, Query(max_length=200, description="Id of a service; all without one.")] = "",
    after: Cursor = "",
    limit: Limit = 50,
) -> shapes.Listing[shapes.Terms]:
    """All texts, in the order they came on record."""
    known = site.directory()
    if service_id and service_id not in known.service_slugs:
        raise missing("service")
    start = place(after, int)
    chosen = sorted(
        (
            one
            for one in (known.services[known.service_slugs[service_id]] if service_id else known.listed)
            if start is None or one.id > start[0]
        ),
        key=lambda one: one.id,
    )[: limit + 1]
    return shapes.Listing(
        data=[forms.terms(one) for one in chosen[:limit]],
        next=cursor(chosen[limit - 1].id) if len(chosen) > limit else None,
    )


@routes.get("/terms/{terms_id}", tags=["Terms"], responses=MISSING)
def one_terms(site: Here, terms_id: str) -> shapes.Terms:
    """One text."""
    return forms.terms(named(site, terms_id))


@routes.get("/versions", tags=["Versions"], responses=MISSING)
def versions(
    site: Here, terms_id: TermsId = "", after: Cursor = "", limit: Limit = 50
) -> shapes.Listing[shapes.VersionEntry]:
    """Versions, newest first."""
    start = place(after, int, int)
    with site.archive.reading() as database:
        found = rows.versions(database, (*start, 0) if start else rows.END, limit + 1, document(site, terms_id))
    return shapes.Listing(
        data=[forms.version(one, slug(site, one.document_id)) for one in found[:limit]],
        next=cursor(to_ms(found[limit - 1].at), found[limit - 1].row) if len(found) > limit else None,
    )


@routes.get("/versions/{version_id}", tags=["Versions"], responses=MISSING)
def version(site: Here, version_id: str) -> shapes.Version:
    """A version with its text."""
    found = site.archive.version(version_id)
    if found is None:
        raise missing("version")
    with site.archive.reading() as database:
        entry = rows.version(database, found.id)
    told = forms.version(entry, slug(site, entry.document_id)).model_dump()
    return shapes.Version(
        **told,
        url=forms.whole(found.url),
        language=found.language,
        title=forms.whole(found.title),
        text=forms.whole(found.text),
    )
