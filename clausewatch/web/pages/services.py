"""Services: all that are on record, and each with its terms and what was flagged in them."""

from typing import Final

from clausewatch.web.pages.latest import stories
from clausewatch.web.store import entries
from clausewatch.web.store.entries import Filter
from clausewatch.web.visit import NoPage, Page, Visit

STORIES: Final = 12
"""Flagged changes on a service's page."""
POSTS: Final = 60
"""Posts of blogs on a service's page, the newest."""


def index(visit: Visit) -> Page:
    """All services, by name."""
    known = visit.site.directory()
    lines = [
        (
            name,
            len(listed),
            sum(one.versions for one in listed),
            sum(one.flagged for one in listed),
            max(one.last for one in listed),
        )
        for name, listed in known.services.items()
    ]
    letters: dict[str, list[tuple[object, ...]]] = {}
    for line in lines:
        letters.setdefault(str(line[0])[:1].upper(), []).append(line)
    return Page(template="services.html", title=visit.say("nav.services"), values={"letters": letters})


def service(visit: Visit, slug: str) -> Page:
    """One service."""
    known = visit.site.directory()
    name = known.service_slugs.get(slug)
    if name is None:
        raise NoPage
    with visit.site.archive.reading() as database:
        found = entries.select(database, Filter(service=name), STORIES)
    listed = known.services[name]
    posts = sorted((one for one in listed if one.document.post), key=lambda one: one.last, reverse=True)
    values = {
        "service": name,
        "terms": [one for one in listed if not one.document.post],
        "posts": posts[:POSTS],
        "stories": stories(visit, known, found),
    }
    return Page(template="service.html", title=name, values=values)
