"""Acts: what readers may do to the record: judge a flag, say that they have seen a change, have an alert sent again."""

from typing import Literal

from alerts.errors import UnknownDelivery
from alerts.outbox import Outbox
from clausewatch.web.access import LONGEST_NAME
from clausewatch.web.site import Site
from clausewatch.web.store import verdicts
from clausewatch.web.store.verdicts import Note, Verdict
from diffing.archive import changes

LONGEST_WORDS = 1000
"""Characters of a reason or a note."""


def judge(
    site: Site, change_id: str, *, topic: str, said: Literal["right", "wrong"], effect: str, reason: str, reader: str
) -> bool:
    """Keep a verdict on the flags of a topic. False when the change has no such flag."""
    verdict = Verdict(
        topic=topic,
        verdict=said,
        effect=effect,
        reason=reason.strip()[:LONGEST_WORDS],
        reader=reader.strip()[:LONGEST_NAME],
        at=site.now(),
    )
    with site.archive.writing() as database:
        row = changes.find(database, change_id)
        flagged = database.execute("SELECT 1 FROM flags WHERE change_id = ? AND topic = ?", (row, topic)).fetchone()
        if row is None or flagged is None:
            return False
        verdicts.judge(database, row, verdict)
    return True


def acknowledge(site: Site, change_id: str, *, note: str, reader: str) -> bool:
    """Keep that a change was seen. False when there is none."""
    seen = Note(note=note.strip()[:LONGEST_WORDS], reader=reader.strip()[:LONGEST_NAME], at=site.now())
    with site.archive.writing() as database:
        row = changes.find(database, change_id)
        if row is None:
            return False
        verdicts.acknowledge(database, row, seen)
    return True


def retry(site: Site, delivery_id: str, channel: str) -> bool:
    """Make a delivery due at once. False when there is none."""
    try:
        Outbox(site.archive).retry(delivery_id, site.now(), channel)
    except UnknownDelivery:
        return False
    return True
