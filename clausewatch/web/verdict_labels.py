"""Verdict labels: what readers said of flags, as labels that the flags are measured on."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from clausewatch.web.store import verdicts
from clausewatch.web.store.verdicts import Verdict
from diffing.archive import Archive
from diffing.archive.clock import to_ms
from diffing.archive.codec import to_bytes
from diffing.change import Change
from diffing.evaluation import verdict as found_verdict


def labels(archive: Archive, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """A label for each change that readers judged, oldest first, with the keys of a file of labels.

    before, after: git blob ids of the texts, as the history they were imported from has them; a change without a text
    before it (a post) gives none. since: judged from this moment on.
    """
    with archive.reading() as database:
        rows = database.execute(
            "SELECT DISTINCT change_id, name FROM verdicts JOIN changes ON version_id = change_id WHERE at >= ?"
            " ORDER BY change_id",
            (0 if since is None else to_ms(since),),
        ).fetchall()
    for row, name in rows:
        change = archive.change(name)
        with archive.reading() as database:
            said = verdicts.of_change(database, row)
        if change is not None and change.before is not None:
            yield _label(change, said)


def _label(change: Change, said: Sequence[Verdict]) -> dict[str, Any]:
    assert change.before is not None, "only such are labelled"
    document = change.after.document
    topics = list(dict.fromkeys(one.topic for one in said))
    return {
        "id": change.id[:12],
        "collection": document.collection,
        "service": document.service,
        "terms": document.terms,
        "date": change.after.observed_at.date().isoformat(),
        "before": blob_id(change.before.text),
        "after": blob_id(change.after.text),
        "stratum": "verdict",
        "topics": {topic: _topic(change, topic, [one for one in said if one.topic == topic]) for topic in topics},
        "why": "; ".join(f"{one.reader}: {one.reason or one.verdict}" for one in said),
        "publisher": document.service,
    }


def _topic(change: Change, topic: str, said: Sequence[Verdict]) -> dict[str, Any]:
    """What the last reader said; not sure where readers disagree. Wrong with another effect alerts all the same."""
    views = [(one.verdict == "right" or bool(one.effect), one.effect) for one in said]
    alert, effect = views[-1]
    found = found_verdict(change.judgement.flags, topic).effect
    told = effect or (found.value if found else "")
    return {"alert": alert, "effect": (told or None) if alert else None, "sure": len(set(views)) == 1}


def blob_id(text: str) -> str:
    """The id git gives a file of this text.

    >>> blob_id("hello\\n")
    'ce013625030ba8dba906f756967f9e9ca394464a'
    """
    raw = to_bytes(text)
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
