"""Health: faults, selectors that rot, deliveries; for whoever runs this."""

from typing import Final

from clausewatch.web.store import health
from clausewatch.web.visit import Page, Visit

LIMIT: Final = 100
"""Lines of each list."""


def page(visit: Visit) -> Page:
    """How it goes."""
    with visit.site.archive.reading() as database:
        faulty = health.faulty(database, LIMIT)
        number, last = health.visits(database)
        states = health.deliveries_by_state(database)
        undelivered = health.undelivered(database, LIMIT)
    values = {
        "faulty": faulty,
        "warned": visit.site.archive.warned()[:LIMIT],
        "visits": number,
        "last": last,
        "states": states,
        "undelivered": undelivered if visit.signed else (),
        "behind": visit.site.archive.asking.behind(),
    }
    return Page(template="health.html", title=visit.say("nav.health"), values=values)
