"""Versions feed: the versions of a collection as an Atom feed, in the form the collection API has it."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request
from lxml import etree
from starlette.responses import Response

from alerts.feed import ATOM, MEDIA_TYPE
from clausewatch.web.api.collection import ERRORS, PREFIX, error
from clausewatch.web.api.here import Here
from clausewatch.web.api.tagged import Tagged
from clausewatch.web.rendering import iso
from clausewatch.web.site import Site
from clausewatch.web.store import collection
from clausewatch.web.store.collection import Recorded
from clausewatch.web.visit import segment

ENTRIES: Final = 100
TYPES: Final = {
    "first": ("First record of", "First record"),
    "upgrade": ("Apply technical upgrade on", "Technical upgrade"),
}
CHANGE: Final = ("Record new changes of", "Change")

routes = APIRouter(prefix=PREFIX, route_class=Tagged, tags=["Open Terms Archive"], responses=ERRORS)


@routes.get("/feed", response_class=Response)
def feed(request: Request, site: Here) -> Response:
    """The newest versions of everything."""
    return _answer(request, site, "", "")


@routes.get("/feed/{service_id}", response_class=Response)
def feed_of_service(request: Request, site: Here, service_id: str) -> Response:
    """The newest versions of a service."""
    return _answer(request, site, service_id, "")


@routes.get("/feed/{service_id}/{terms_type}", response_class=Response)
def feed_of_terms(request: Request, site: Here, service_id: str, terms_type: str) -> Response:
    """The newest versions of some terms."""
    return _answer(request, site, service_id, terms_type)


def _answer(request: Request, site: Site, service: str, terms: str) -> Response:
    with site.archive.reading() as database:
        found = collection.page(database, service, terms, limit=ENTRIES, offset=0)
    if not found and service:
        return error(404, "Service not found" if not terms else "Terms type not found for this service")
    base = site.config.web.public_url or f"{request.url.scheme}://{request.url.netloc}"
    own = "".join(f"/{segment(name)}" for name in ("feed", service, terms) if name)
    return Response(_atom(site.config.web.title, base, f"{base}{PREFIX}{own}", found), media_type=MEDIA_TYPE)


def _atom(title: str, base: str, address: str, found: Sequence[Recorded]) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "title", title)
    _add(root, "id", address)
    _add(root, "updated", iso(found[0].at) if found else "1970-01-01T00:00:00Z")
    _add(root, "link", rel="self", href=address)
    _add(_add(root, "author"), "name", title)
    for one in found:
        said, kind = TYPES.get(one.kind, CHANGE)
        entry = _add(root, "entry")
        _add(entry, "id", f"urn:clausewatch:version:{one.id}")
        _add(entry, "title", f"{said} {one.service} {one.terms}")
        _add(entry, "updated", iso(one.at))
        _add(entry, "link", rel="alternate", type="text/html", href=f"{base}/version/{one.id}")
        for scheme, term in (("service", one.service), ("terms-type", one.terms), ("record-type", kind)):
            _add(entry, "category", term=term, scheme=f"urn:clausewatch:scheme:{scheme}")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = text or None
    return child
