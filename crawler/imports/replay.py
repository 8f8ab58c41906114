"""Replay: recorded versions put through the same gate, judgement and archive as our own visits."""

from collections.abc import Callable, Iterator, Sequence

from crawler.imports.ota import Recorded
from crawler.imports.repository import Repository
from crawler.observation import Observation
from crawler.recorder import Recorder
from crawler.visit import Visit

EXTRACTOR = "ota"


def replay(
    repository: Repository,
    versions: Sequence[Recorded],
    recorder: Recorder,
    *,
    is_kept: Callable[[Recorded], bool] = lambda recorded: False,
) -> Iterator[Visit]:
    """Put recorded versions through the recorder, in the order given; a visit each.

    is_kept: versions to pass over, because an earlier import has kept them.
    """
    with repository.blobs() as blobs:
        for recorded in versions:
            if is_kept(recorded):
                continue
            content = blobs.read(recorded.blob)
            if content is not None:
                yield recorder.observe(
                    _observation(recorded, content.decode("utf-8", "surrogateescape")),
                    upgrade=recorded.upgrade,
                    confirmed=recorded.settled,
                )


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
