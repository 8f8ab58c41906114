"""About the record: how much is kept, and what was left out as noise."""

from clausewatch.web.store import health, numbers
from clausewatch.web.visit import Page, Visit


def page(visit: Visit) -> Page:
    """Counts by kind, collection and reason."""
    with visit.site.archive.reading() as database:
        values = {
            "totals": numbers.totals(database),
            "kinds": numbers.by_kind(database),
            "collections": numbers.by_collection(database),
            "faults": health.faults_by_reason(database),
            "visits": health.visits(database)[0],
        }
    return Page(template="about.html", title=visit.say("nav.about"), values=values)
