"""Recording: what judges and keeps, put together by the configuration, in whichever process it is to be done."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clausewatch.config import Config
from clausewatch.wiring.alerting import fault_notifier, notifier
from clausewatch.wiring.keeping import targets, topics
from crawler.announcing import Announces, announcing
from crawler.declarations import Declaration
from crawler.lasting import nobody
from crawler.recorder import Recorder
from crawler.rereading import by_declarations
from crawler.sink import Together
from diffing.archive import Archive
from diffing.topics import Topic


def recorder(
    config: Config,
    kept: Archive,
    *,
    alert: bool = True,
    known: Iterable[Declaration] = (),
    watched: Sequence[Topic] | None = None,
) -> Recorder:
    """What judges and keeps. alert: put messages for subscribers into the outbox too.

    known: the declarations in force, by which earlier captures are read again after an upgrade. watched: the topics;
    None: read those of the configuration.
    """
    return Recorder(
        kept,
        topics(config) if watched is None else watched,
        notify=notifier(config) if alert else lambda change: (),
        re_extract=by_declarations(known),
        notify_fault=fault_notifier(config) if alert else nobody,
        unreachable_after=config.crawl.unreachable_after,
        announces=_announces(config),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Makes the recorder anew, with a connection of its own, in the process that keeps what a long crawl saw."""

    config: Config
    path: Path
    known: tuple[Declaration, ...]

    @contextmanager
    def __call__(self) -> Iterator[tuple[Recorder, Together]]:
        """The recorder, and transactions of its archive."""
        with Archive.open(self.path) as kept:
            yield recorder(self.config, kept, known=self.known), kept.batch


def _announces(config: Config) -> Announces:
    """Which declared terms a post names; the declarations are read for the first post."""

    @cache
    def known() -> Announces:
        return announcing(targets(config))

    return lambda post: known()(post)
