"""Search: everything that was ever said, with who said it and when."""

from typing import Final

from clausewatch.web.visit import Page, Visit
from diffing.archive.errors import EmptyQuestion
from diffing.archive.search import Found, Within

HITS: Final = 10
FARTHEST: Final = 50
"""The last page that can be asked for."""
SHOWN: Final = 6
"""Texts named below a hit."""


def page(visit: Visit) -> Page:
    """What was found, a page at a time."""
    asked = visit.asked("q")
    number = visit.asked("page")
    at = min(max(int(number), 1), FARTHEST) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    topic = visit.asked("topic")
    within = Within(
        service=visit.asked("service") or None,
        topic=topic if topic in visit.site.topic_names else None,
        current=visit.asked("current") == "yes",
    )
    found: Found | None = None
    empty = False
    if asked or within.topic:
        try:
            found = visit.site.archive.asking.search(asked, within, limit=HITS, offset=(at - 1) * HITS)
        except EmptyQuestion:
            empty = True
    values = {
        "asked": asked,
        "found": found,
        "empty": empty,
        "number": at,
        "shown": SHOWN,
        "topics": visit.site.topic_names,
        "within": within,
        "services": tuple(visit.site.directory().services),
        "newer": visit.again(page=at - 1 if at > 2 else "") if at > 1 else "",
        "older": visit.again(page=at + 1) if found is not None and found.more and at < FARTHEST else "",
    }
    return Page(template="search.html", title=visit.say("nav.search"), values=values)
