"""Daemon: visits what is due and delivers what waits, until it is told to stop."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from queue import Empty, SimpleQueue
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from clausewatch import lock, wiring
from clausewatch.config import Config
from clausewatch.schedule import Schedule
from data.errors import ClausewatchError
from diffing.archive import Archive
from diffing.outcome import Outcome

CRAWL_SECONDS = 30
"""How often is asked what is due."""
BATCH = 200
"""Terms visited together: enough hosts to keep busy while each is asked politely, and few enough that what becomes due
meanwhile, at another host, does not wait for long."""
DELIVER_SECONDS = 1
"""How often is asked what waits: an alert leaves within two seconds of the change being kept."""

log = structlog.get_logger("clausewatch.daemon")


class Stop(BaseException):
    """SIGTERM or SIGINT. Not an Exception, so that nothing on the way takes it for a failure of its own."""


def run(config: Config, *, once: bool = False, now: Callable[[], datetime] = wiring.now_utc) -> None:
    """Crawl what is due and deliver what waits.

    once: one round of both, for those who have a scheduler already. Raises what the archive raises: a store that
    cannot write ends the daemon, so that whoever supervises it notices; HeldError when one runs already.
    """
    with wiring.archive(config) as kept, lock.held(config.archive, now()), _stopping():
        try:
            if once:
                crawl_due(config, kept, now, Schedule(config, wiring.targets(config)))
                wiring.deliver(config, kept, now=now)
            else:
                _serve(config, kept, now)
        except Stop:
            log.info("stopped")


def crawl_due(config: Config, kept: Archive, now: Callable[[], datetime], schedule: Schedule) -> int:
    """Visit the terms that are due, together, so that each host is asked politely. How many were."""
    chosen = schedule.due(kept, now())[:BATCH]
    if not chosen:
        return 0
    log.info("crawling", targets=len(chosen))
    for visit in wiring.crawl(config, kept, chosen, now=now):
        if visit.outcome is not Outcome.UNCHANGED:
            facts = {"fault": visit.fault.reason.value, "what": visit.fault.what} if visit.fault else {}
            topics = list(visit.change.topics) if visit.change else []
            log.info("visited", document=str(visit.document), outcome=visit.outcome.value, topics=topics, **facts)
    return len(chosen)


def _serve(config: Config, kept: Archive, now: Callable[[], datetime]) -> None:
    """Crawl in this thread, which a signal can interrupt; deliver in the scheduler's."""
    ticks: SimpleQueue[ClausewatchError | None] = SimpleQueue()
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    schedule = Schedule(config, wiring.targets(config), started=now())
    with Archive.open(config.archive) as outbox:
        scheduler.add_job(_reporting(ticks, _delivering(config, outbox, now)), **_every(DELIVER_SECONDS))
        scheduler.add_job(lambda: ticks.put(None), **_every(CRAWL_SECONDS))
        scheduler.start()
        log.info("started", targets=len(wiring.targets(config)), archive=str(config.archive))
        try:
            while True:
                more = crawl_due(config, kept, now, schedule) == BATCH
                _next_tick(ticks, wait=not more)
        finally:
            scheduler.shutdown(wait=True)


def _delivering(config: Config, kept: Archive, now: Callable[[], datetime]) -> Callable[[], None]:
    """A round of deliveries. What a channel complains of is logged when it is new, not every second."""
    said: dict[str, str] = {}
    send = wiring.deliverer(config, kept, now=now)

    def deliver() -> None:
        done = send()
        for channel, what in {**done.warnings, **done.problems}.items():
            if said.get(channel) != what:
                log.warning("channel", channel=channel, what=what)
            said[channel] = what

    return deliver


def _every(seconds: int) -> dict[str, object]:
    return {"trigger": "interval", "seconds": seconds, "misfire_grace_time": None}


def _reporting(ticks: SimpleQueue[ClausewatchError | None], job: Callable[[], object]) -> Callable[[], None]:
    """The job, whose failure ends the daemon instead of a line in a log nobody reads."""

    def reported() -> None:
        try:
            job()
        except ClausewatchError as error:
            ticks.put(error)

    return reported


def _next_tick(ticks: SimpleQueue[ClausewatchError | None], *, wait: bool) -> None:
    """Wait for a tick, or only look; ticks missed during a long crawl are one. Raises what a job reported."""
    tick = ticks.get() if wait else None
    while True:
        if tick is not None:
            raise tick
        try:
            tick = ticks.get_nowait()
        except Empty:
            return


@contextmanager
def _stopping() -> Iterator[None]:
    """SIGTERM and SIGINT raise Stop in the main thread, once; a second one finds the stop under way."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in handlers:
            signal.signal(each, signal.SIG_IGN)
        raise Stop

    handlers = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
