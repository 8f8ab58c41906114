"""Collection: the collection API of the Open Terms Archive, in its format, so that its clients work here too.

After its published description, version 12 of the engine; errors are {"error": "…"}. Where a text is kept in several
collections, our own visits answer for it, else the first collection by name.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from alerts.locale import LANGUAGES
from clausewatch import __version__
from clausewatch.web.api.forms import whole
from clausewatch.web.api.here import Here
from clausewatch.web.api.tagged import Tagged
from clausewatch.web.rendering import iso
from clausewatch.web.site import Site
from clausewatch.web.store import collection
from clausewatch.web.store.collection import Recorded
from clausewatch.web.store.directory import Listed
from diffing.version import Version

PREFIX: Final = "/collection-api/v1"


class Error(BaseModel):
    """What went wrong."""

    error: str


ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Error, "description": "A value cannot be."},
    404: {"model": Error, "description": "Nothing of that name."},
    416: {"model": Error, "description": "The date is in the future."},
}
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=1 << 53)]
Moment = Annotated[str, Path(json_schema_extra={"format": "date-time"})]

routes = APIRouter(prefix=PREFIX, route_class=Tagged, tags=["Open Terms Archive"], responses=ERRORS)


@routes.get("/metadata")
def metadata(site: Here) -> dict[str, Any]:
    """What this collection is."""
    services = site.directory().services
    return {
        "id": "clausewatch",
        "name": site.config.web.title,
        "tagline": "What platforms say about people's data, and what they changed",
        "languages": list(LANGUAGES),
        "jurisdictions": [],
        "totalServices": len(services),
        "totalTerms": len({(name, one.document.terms) for name, listed in services.items() for one in listed}),
        "engineVersion": __version__,
    }


@routes.get("/services")
def services(site: Here) -> list[dict[str, Any]]:
    """All services with their types of terms."""
    return [
        {"id": name, "name": name, "terms": [{"type": terms} for terms in _types(listed)]}
        for name, listed in site.directory().services.items()
    ]


@routes.get("/service/{service_id}", response_model=None)
def service(site: Here, service_id: str) -> dict[str, Any] | Response:
    """One service, with the addresses its terms were last read at."""
    listed = site.directory().services.get(service_id)
    if listed is None:
        return error(404, "Service not found")
    return {
        "id": service_id,
        "name": service_id,
        "terms": [
            {"type": terms, "sourceDocuments": [{"location": _location(site, listed, terms)}]}
            for terms in _types(listed)
        ],
    }


@routes.get("/versions", response_model=None)
def versions(site: Here, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any] | Response:
    """Versions of everything, newest first."""
    return _page(site, "", "", limit, offset)


@routes.get("/versions/{service_id}", response_model=None)
def versions_of_service(
    site: Here, service_id: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any] | Response:
    """Versions of a service, newest first."""
    return _page(site, service_id, "", limit, offset)


@routes.get("/versions/{service_id}/{terms_type}", response_model=None)
def versions_of_terms(
    site: Here, service_id: str, terms_type: str, limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any] | Response:
    """Versions of some terms, newest first."""
    return _page(site, service_id, terms_type, limit, offset)


@routes.get("/version/{version_id}", response_model=None)
def version(site: Here, version_id: str) -> dict[str, Any] | Response:
    """A version by its id."""
    found = site.archive.version(version_id)
    if found is None:
        return error(404, f'No version found with ID "{version_id}"')
    return _whole_version(site, found)


@routes.get("/version/{service_id}/{terms_type}/latest", response_model=None)
def latest(site: Here, service_id: str, terms_type: str) -> dict[str, Any] | Response:
    """The version in force."""
    listed = _chosen(site, service_id, terms_type)
    found = site.archive.current(listed.document) if listed else None
    if found is None:
        return error(404, f'No version found for service "{service_id}" and terms type "{terms_type}"')
    return _whole_version(site, found)


@routes.get("/version/{service_id}/{terms_type}/{date}", response_model=None)
def version_at(site: Here, service_id: str, terms_type: str, date: Moment) -> dict[str, Any] | Response:
    """The version that was in force at a moment, in ISO 8601."""
    try:
        moment = datetime.fromisoformat(date)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return error(400, f"{date!r} is no date; write it as 2025-11-04T12:30:00Z")
    if moment > site.now():
        return error(416, "Requested version is in the future")
    listed = _chosen(site, service_id, terms_type)
    found = site.archive.at(listed.document, moment) if listed else None
    if found is None:
        return error(404, f"No version found for date {date}")
    return {"id": found.id, "fetchDate": iso(found.observed_at), "content": whole(found.text)}


def _page(site: Site, service: str, terms: str, limit: int, offset: int) -> dict[str, Any] | Response:
    with site.archive.reading() as database:
        count = collection.count(database, service, terms)
        found = collection.page(database, service, terms, limit=limit, offset=offset)
    if not count and service:
        named = f' and terms type "{terms}"' if terms else ""
        return error(404, f'No versions found for service "{service}"{named}')
    return {"data": [_listed(one) for one in found], "count": count, "limit": limit, "offset": offset}


def _listed(one: Recorded) -> dict[str, Any]:
    return {
        "id": one.id,
        "serviceId": one.service,
        "termsType": one.terms,
        "fetchDate": iso(one.at),
        "isFirstRecord": one.kind == "first",
        "isTechnicalUpgrade": one.kind == "upgrade",
    }


def _whole_version(site: Site, found: Version) -> dict[str, Any]:
    with site.archive.reading() as database:
        one = collection.one(database, found.id)
        links = collection.around(database, one.document_id, found.id)
    return {**_listed(one), "content": whole(found.text), "links": links}


def _types(listed: tuple[Listed, ...]) -> list[str]:
    return list(dict.fromkeys(one.document.terms for one in listed))


def _chosen(site: Site, service: str, terms: str) -> Listed | None:
    """The text that answers: of our own visits before any collection. They are in order of collection, "" first."""
    listed = site.directory().services.get(service, ())
    return next((one for one in listed if one.document.terms == terms and not one.document.post), None)


def _location(site: Site, listed: tuple[Listed, ...], terms: str) -> str:
    chosen = next(one for one in listed if one.document.terms == terms)
    current = site.archive.current(chosen.document)
    return current.url if current else ""


def error(status: int, told: str) -> Response:
    """An error in the form of that API."""
    return JSONResponse({"error": whole(told)}, status)
