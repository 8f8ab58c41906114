"""Reading: reads what the texts in force say on each topic, ahead of being asked, and keeps it beside them.

Changes tell what came; a newsroom also asks what stands, and some of it stood from the first version on.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from clausewatch.web.store import statements
from clausewatch.web.store.statements import Standing
from diffing.archive import Archive
from diffing.archive.blame import Blamed
from diffing.passages import passages
from diffing.topics import Topic
from diffing.topics import statements as said
from diffing.version import Version


def read_due(archive: Archive, topics: Sequence[Topic], on_progress: Callable[[int], bool] = lambda left: True) -> int:
    """Read all texts in force that were not read by these topics; how many were.

    on_progress: told how many are left after each; False stops. Some milliseconds a text, in a transaction each.
    """
    digest = digest_of(topics)
    with archive.reading() as database:
        due = statements.due(database, digest)
    for number, (document, row) in enumerate(due, 1):
        found = _standing(archive, document, row, topics)
        with archive.writing() as database:
            statements.keep(database, document, row, digest, found)
        if not on_progress(len(due) - number):
            return number
    return len(due)


def digest_of(topics: Sequence[Topic]) -> str:
    """Changes when the topics do: of their names and files."""
    state = hashlib.blake2b(digest_size=8)
    for topic in sorted(topics, key=lambda topic: topic.name):
        state.update(topic.name.encode())
        for path in topic.files:
            state.update(path.read_bytes())
    return state.hexdigest()


def _standing(archive: Archive, document: int, row: int, topics: Sequence[Topic]) -> list[Standing]:
    with archive.reading() as database:
        name = database.execute("SELECT name FROM versions WHERE id = ?", (row,)).fetchone()[0]
    version = archive.version(name)
    assert version is not None, "its row was just read"
    found = list(_said(version, topics))
    if not found:
        return []
    blame = archive.asking.blame(version.document, at=version.observed_at)
    blamed: Sequence[Blamed] = blame.passages if blame and blame.version.id == version.id else ()
    return [_with_day(one, blamed, version, document) for one in found]


def _said(version: Version, topics: Sequence[Topic]) -> Iterator[Standing]:
    """The telling statements of a text, each sentence once for a topic and stance; not dated yet."""
    seen: set[tuple[str, str, str]] = set()
    for number, passage in enumerate(passages(version.text)):
        for topic in topics:
            for statement in said(passage, topic, version.language, version.document.service):
                told = (topic.name, statement.stance.value, statement.sentence.text)
                if statement.telling and told not in seen:
                    seen.add(told)
                    yield Standing(
                        document_id=0,
                        topic=topic.name,
                        stance=statement.stance.value,
                        sentence=statement.sentence.text,
                        evidence=passage.text[statement.start : statement.end],
                        passage=number,
                        section=" › ".join(passage.section),
                        since=version.observed_at,
                        change="",
                    )


def _with_day(one: Standing, blamed: Sequence[Blamed], version: Version, document: int) -> Standing:
    known = blamed[one.passage] if one.passage < len(blamed) else None
    since = known.since if known else version.observed_at
    return replace(one, document_id=document, since=since, change=(known.change_id or "") if known else "")
