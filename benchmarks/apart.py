"""Apart: the recorder of a measured crawl, as it is made in the process that keeps what a long crawl saw."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import data
from crawler.recorder import Recorder
from crawler.sink import Together
from diffing.archive import Archive
from diffing.topics import load_topics


@dataclass(frozen=True, slots=True)
class Apart:
    """Makes it anew, on the archive at that path."""

    path: Path

    @contextmanager
    def __call__(self) -> Iterator[tuple[Recorder, Together]]:
        """The recorder, and transactions of its archive."""
        with Archive.open(self.path) as archive:
            yield Recorder(archive, load_topics([data.folder("topics")])), archive.batch
