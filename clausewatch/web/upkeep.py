"""Upkeep: makes ready what the pages ask for before they ask: the index of the search, and who says what."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

import structlog

from clausewatch import wiring
from clausewatch.config import Config
from clausewatch.web.reading import read_due
from data.errors import ClausewatchError
from diffing.archive import Archive
from diffing.topics import Topic

EVERY: Final = 30.0
"""Seconds between two looks for new versions."""

log = structlog.get_logger("clausewatch.web")


@contextmanager
def upkeep(config: Config, topics: Sequence[Topic]) -> Iterator[None]:
    """Keep what can be thrown away up to date in a thread of its own, on a connection of its own.

    Nothing of the record is written here. A failure is logged and tried again at the next look: the pages say by
    themselves what is not read yet.
    """
    stopping = Event()

    def run() -> None:
        while not stopping.is_set():
            try:
                with wiring.archive(config) as archive:
                    once(archive, topics, stopping)
            except ClausewatchError as error:
                log.warning("upkeep", error=str(error))
            stopping.wait(EVERY)

    thread = Thread(target=run, name="upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(timeout=10)


def once(archive: Archive, topics: Sequence[Topic], stopping: Event) -> None:
    """Catch up with what is new. Ends early when `stopping` is set."""

    def stop_if(left: int) -> None:
        if stopping.is_set():
            raise _StoppedError

    with suppress(_StoppedError):
        archive.asking.catch_up(stop_if)
        read_due(archive, topics, lambda left: not stopping.is_set())


class _StoppedError(Exception):
    """The pages are no longer served."""
