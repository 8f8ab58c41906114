"""Warming: the sentences of the flagged changes are made once, ahead of the first reader."""

from threading import Thread
from typing import Final

from alerts.locale import LANGUAGES
from clausewatch.web.site import Site
from clausewatch.web.store import entries
from clausewatch.web.store.entries import Filter

MOST: Final = 2000
"""Changes, the newest; a sentence takes 10 to 50 ms to make and is then remembered."""


def warm(site: Site) -> int:
    """Make the sentences, the newest first; how many."""
    with site.archive.reading() as database:
        found = entries.select(database, Filter(show="flagged"), MOST)
    for entry in found:
        for language in LANGUAGES:
            site.sentence(entry.id, language)
    return len(found) * len(LANGUAGES)


def warming(site: Site) -> None:
    """Make them beside the first requests."""
    Thread(target=warm, args=(site,), name="warming", daemon=True).start()
