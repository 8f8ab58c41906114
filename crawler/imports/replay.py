"""Replay: recorded versions put through the same gate, judgement and archive as our own visits."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime

from crawler.cycles import seldom_collecting
from crawler.imports.ota import Recorded
from crawler.imports.repository import Repository
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
    with seldom_collecting(SELDOM):
        for recorded, text in zip(versions, _texts(repository, [each.blob for each in versions]), strict=True):
            if text is not None:
                yield recorder.observe(
                    _observation(recorded, text),
                    upgrade=recorded.upgrade,
                    confirmed=recorded.settled,
                )


def _texts(repository: Repository, names: Sequence[str]) -> Iterator[str | None]:
    """The text of each blob."""
    held: dict[str, str | None] = {}
    with closing(repository.texts([name for name, is_new, _ in _recent(names) if is_new])) as fresh:
        for name, is_new, dropped in _recent(names):
            if is_new:
                held[name] = next(fresh)
            yield held[name]
            held.pop(dropped, None)


def _recent(names: Iterable[str]) -> Iterator[tuple[str, bool, str]]:
    """For each name whether it must be read, and the one that is not held any longer then; "" for none."""
    held: OrderedDict[str, None] = OrderedDict()
    for name in names:
        is_new = name not in held
        held[name] = None
        held.move_to_end(name)
        yield name, is_new, held.popitem(last=False)[0] if len(held) > REMEMBERED else ""


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
