"""Version: a text as it stood, each passage with the day it came; and what it was made from, as plain text."""

from datetime import datetime
from itertools import pairwise
from typing import Final

from clausewatch.web.visit import NoPage, Page, Visit
from diffing.archive.blame import Blamed
from diffing.passages import passages
from diffing.version import Version

TOO_FAR_BEHIND: Final = 500
"""Versions missing in the index above which no day is told: adding them would take a reader's patience."""


def page(visit: Visit, version_id: str) -> Page:
    """A version by its id, or by the first characters of it."""
    version = visit.site.archive.version(version_id)
    if version is None:
        raise NoPage
    blamed = _blamed(visit, version)
    stays = visit.site.archive.stays(version.document)
    names = [stay.version_id for stay in stays]
    at = names.index(version.id)
    values = {
        "version": version,
        "document": version.document,
        "blamed": blamed,
        "shown_days": shown_days(blamed),
        "before": names[at - 1] if at else "",
        "after": names[at + 1] if at + 1 < len(names) else "",
        "until": stays[at + 1].observed_at if at + 1 < len(names) else None,
        "current": names[-1],
        "captures": visit.site.archive.captures(version.id),
    }
    document = version.document
    return Page(template="version.html", title=f"{document.service} · {document.terms}", values=values)


def shown_days(blamed: tuple[Blamed, ...]) -> list[datetime | None]:
    """The day each passage came, None where it is the day of the one before."""
    if not blamed:
        return []
    days: list[datetime | None] = [blamed[0].since]
    return days + [one.since if one.since != before.since else None for before, one in pairwise(blamed)]


def _blamed(visit: Visit, version: Version) -> tuple[Blamed, ...]:
    asking = visit.site.archive.asking
    if asking.behind() <= TOO_FAR_BEHIND:
        blame = asking.blame(version.document, at=version.observed_at)
        if blame is not None and blame.version.id == version.id:
            return blame.passages
    at = version.observed_at
    return tuple(
        Blamed(passage=passage, since=at, version_id=version.id, change_id=None, first=at)
        for passage in passages(version.text)
    )
