"""Coming up: the days ahead from which something holds, or until which one can object; and those just passed."""

from datetime import date, timedelta
from typing import Final

from clausewatch.web.store import ahead
from clausewatch.web.visit import Page, Visit

LIMIT: Final = 200
LOOKING_BACK: Final = timedelta(days=90)
FARTHEST: Final = date(9998, 12, 31)


def page(visit: Visit) -> Page:
    """All days ahead."""
    today = visit.site.now().date()
    with visit.site.archive.reading() as database:
        coming = ahead.days(database, today, FARTHEST, LIMIT)
        passed = ahead.days(database, today - LOOKING_BACK, today - timedelta(days=1), LIMIT)
    by_id = visit.site.directory().by_id
    values = {"coming": coming, "passed": passed[::-1], "by_id": by_id, "today": today}
    return Page(template="coming_up.html", title=visit.say("nav.coming_up"), values=values)
