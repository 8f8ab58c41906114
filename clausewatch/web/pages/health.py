"""Health: how the watch stands: faults, selectors that rot, deliveries; for whoever runs this."""

from typing import Final

import structlog
from babel.dates import format_timedelta

from alerts.locale import FORMS
from clausewatch.health.report import Report
from clausewatch.web.store import health
from clausewatch.web.visit import Page, Visit
from data.errors import ClausewatchError

LIMIT: Final = 100
"""Lines of each list."""

log = structlog.get_logger("clausewatch.web")


def page(visit: Visit) -> Page:
    """How it goes. Whoever is signed in is told by name what only an operator needs: channels, files, alerts."""
    report = _report(visit)
    with visit.site.archive.reading() as database:
        number, last = health.visits(database)
        undelivered = health.undelivered(database, LIMIT) if visit.signed else ()
    values = {
        "report": report,
        "limit": LIMIT,
        "lag": "" if report is None else format_timedelta(report.lag, locale=FORMS[visit.language]),
        "states": () if report is None else sorted((state.value, n) for state, n in report.outbox.items() if n),
        "visits": number,
        "last": last,
        "undelivered": undelivered,
        "behind": visit.site.archive.asking.behind(),
    }
    return Page(template="health.html", title=visit.say("nav.health"), values=values)


def _report(visit: Visit) -> Report | None:
    """The report; None where the configuration or the targets cannot be read, which the log then says why."""
    try:
        return visit.site.report()
    except ClausewatchError as error:
        log.warning("no report", error=str(error))
        return None
