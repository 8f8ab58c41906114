"""Replay: recorded versions put through the same gate, judgement and archive as our own visits."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest

from crawler.cycles import seldom_collecting
from crawler.imports.ota import Recorded
from crawler.imports.repository import Blobs, Repository
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.fault import FaultReason
from diffing.version import Document

EXTRACTOR = "ota"

REMEMBERED = 8
"""Texts kept at hand: a page that flips shows the same few again and again."""

SELDOM = 50_000
"""New objects between two looks for cycles: millions of small records, none of which refers to itself."""

HELD = (FaultReason.COLLAPSED, FaultReason.WRONG_LANGUAGE)
"""Faults of a text that is believed once it has stood for long enough."""


def replay(
    repository: Repository,
    versions: Sequence[Recorded],
    recorder: Recorder,
) -> Iterator[Visit]:
    """Put recorded versions through the recorder, in the order given; a visit each."""
    with repository.blobs() as blobs, seldom_collecting(SELDOM):
        for recorded, text in zip(versions, _texts(blobs, [recorded.blob for recorded in versions]), strict=True):
            if text is not None:
                yield recorder.observe(
                    _observation(recorded, text),
                    upgrade=recorded.upgrade,
                    confirmed=recorded.settled,
                )


def _texts(blobs: Blobs, names: Sequence[str]) -> Iterator[str | None]:
    """The text of each blob; git is asked for the next one before this one is given."""
    recent: OrderedDict[str, str | None] = OrderedDict()
    for name, following in zip_longest(names, names[1:]):
        if name not in recent:
            recent[name] = blobs.text(name)
        recent.move_to_end(name)
        if len(recent) > REMEMBERED:
            recent.popitem(last=False)
        if following is not None and following not in recent:
            blobs.ask(following)
        yield recent[name]


def _observation(recorded: Recorded, text: str) -> Observation:
    return Observation(
        document=recorded.document,
        text=text,
        url="",
        observed_at=recorded.at,
        captures=(),
        extractor=EXTRACTOR,
        declaration="",
    )


def unseen(archive: Archive, versions: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """The recorded versions that no earlier import has read, in the order given.

    One that was held back as too odd is read again when the history has grown and it turns out to have stood: read in
    parts, a history gives what it gives in one go.
    """
    visited = {document: archive.visited(document) for document in {recorded.document for recorded in versions}}
    newest = {document: _newest(archive, document) for document in visited}

    def is_new(recorded: Recorded) -> bool:
        seen = visited[recorded.document]
        held = seen.get(recorded.at) in HELD and recorded.settled and recorded.at > newest[recorded.document]
        return held or recorded.at not in seen

    return tuple(filter(is_new, versions))


def _newest(archive: Archive, document: Document) -> datetime:
    stays = archive.stays(document)
    return stays[-1].observed_at if stays else datetime.min.replace(tzinfo=UTC)
