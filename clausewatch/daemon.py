"""Daemon: visits what is due and delivers what waits, until it is told to stop."""

import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.schedulers.background import BackgroundScheduler

from clausewatch import lock, wiring
from clausewatch.config import Config
from clausewatch.errors import ConfigError
from clausewatch.health.answers import application
from clausewatch.health.metrics import Metrics
from clausewatch.health.pulse import Pulse
from clausewatch.health.report import Report
from clausewatch.health.server import answering
from clausewatch.heartbeat import Heartbeat
from clausewatch.schedule import Schedule
from clausewatch.signals import Stop, heeded
from clausewatch.supervisor import Supervisor
from clausewatch.ticks import Tick, Ticks
from crawler.job import OnFetch, untimed
from crawler.run import Progressed
from crawler.visit import Visit
from data.errors import ClausewatchError
from diffing.archive import Archive
from diffing.archive.memory import LITTLE
from diffing.outcome import Outcome

CRAWL_SECONDS = 10
"""How often is asked what is due."""
BATCH = 200
"""Terms visited together: enough hosts to keep busy while each is asked politely, and few enough that what becomes due
meanwhile, at another host, does not wait for long."""
DELIVER_SECONDS = 1
"""How often is asked what waits: an alert leaves within two seconds of the change being kept."""
PARTING_SECONDS = 3.0
"""How long a stop waits for a delivery under way: a receiver may take 20 s, a supervisor wants us gone in 10."""
KEEPING_HOURS = 24
"""How often what is old is dropped, where [keeping] says so; first at the start."""

log = structlog.get_logger("clausewatch.daemon")

Reload = Callable[[], Config]
"""Reads the configuration again. Raises ConfigError."""


def run(
    config: Config, *, once: bool = False, now: Callable[[], datetime] = wiring.now_utc, reload: Reload | None = None
) -> None:
    """Crawl what is due and deliver what waits.

    once: one round of both, for those who have a scheduler already. reload: for SIGHUP; without it the configuration
    stays. Raises what the archive raises: a store that cannot write ends the daemon, so that whoever supervises it
    notices; HeldError when one runs already.
    """
    ticks = Ticks()
    with (
        wiring.archive(config, memory=LITTLE) as kept,
        lock.held(config.archive, now()),
        heeded(on_hangup=lambda: ticks.put(Tick.RELOAD)),
    ):
        try:
            if once:
                crawl_due(wiring.crawler(config, kept, now=now), kept, now, Schedule(config, wiring.targets(config)))
                wiring.deliver(config, kept, now=now)
            else:
                with wiring.archive(config, memory=LITTLE) as outbox:
                    _Running(config, kept, outbox, ticks, now, reload or (lambda: config)).serve()
        except Stop:
            log.info("stopped")


def crawl_due(
    crawl: wiring.Crawl,
    kept: Archive,
    now: Callable[[], datetime],
    schedule: Schedule,
    *,
    on_progress: Callable[[], None] = lambda: None,
    on_fetch: OnFetch = untimed,
) -> int:
    """Visit the terms that are due, together, so that each host is asked politely. How many were."""
    chosen = schedule.due(kept, now())[:BATCH]
    if not chosen:
        return 0
    log.info("crawling", targets=len(chosen))

    def progressed(step: Progressed) -> None:
        on_progress()
        if step.visit is not None:
            _tell(step.visit)

    crawl(chosen, on_progress=progressed, on_fetch=on_fetch, collect=False)
    return len(chosen)


def _tell(visit: Visit) -> None:
    if visit.outcome is Outcome.UNCHANGED:
        return
    facts = {"fault": visit.fault.reason.value, "what": visit.fault.what} if visit.fault else {}
    topics = list(visit.change.topics) if visit.change else []
    log.info("visited", document=str(visit.document), outcome=visit.outcome.value, topics=topics, **facts)


class _Running:
    """A daemon at work: it crawls in its main thread, which a signal can interrupt, and delivers in the scheduler's."""

    def __init__(
        self,
        config: Config,
        kept: Archive,
        outbox: Archive,
        ticks: Ticks,
        now: Callable[[], datetime],
        reload: Reload,
    ) -> None:
        self._kept, self._outbox, self._ticks, self._now, self._reload = kept, outbox, ticks, now, reload
        self._supervisor = Supervisor()
        self._complaints: dict[str, str] = {}
        self._delivering = threading.Lock()
        self._pulse = Pulse(now())
        self._metrics = Metrics(self._report)
        self._take(config)

    def serve(self) -> None:
        """Go on until a signal says stop, or something fails that must not be passed over."""
        scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        scheduler.add_job(self._deliver, **_every(DELIVER_SECONDS))
        scheduler.add_job(lambda: self._ticks.put(Tick.LOOK), **_every(CRAWL_SECONDS))
        scheduler.add_job(self._drop_old, next_run_time=wiring.now_utc(), **_every(KEEPING_HOURS * 3600))
        # A job that fails ends the daemon, instead of being a line in a log nobody reads.
        scheduler.add_listener(lambda event: self._ticks.put(event.exception), EVENT_JOB_ERROR)
        health = application(self._metrics, alive=self._pulse.alive, now=self._now)
        with answering(health, self._config.daemon.listen) as address:
            scheduler.start()
            log.info("started", targets=len(self._declared), archive=str(self._config.archive), health=address)
            self._supervisor.ready(f"watching {len(self._declared)} terms")
            try:
                while True:
                    self._round()
            finally:
                self._supervisor.stopping()
                scheduler.shutdown(wait=False)
                self._part_with_delivery()

    def _round(self) -> None:
        done = crawl_due(
            self._crawl,
            self._kept,
            self._now,
            self._schedule,
            on_progress=self._alive,
            on_fetch=self._metrics.fetched,
        )
        self._alive()
        self._complain({"heartbeat": self._heartbeat.beat(self._now())})
        if Tick.RELOAD in self._ticks.taken(wait=done < BATCH):
            self._take_anew()

    def _take(self, config: Config) -> None:
        """Work by this configuration from now on. Raises ConfigError or TopicError, and nothing has changed then."""
        declared = wiring.targets(config)
        crawl = wiring.crawler(config, self._kept, now=self._now)
        schedule = Schedule(config, declared, started=self._now())
        send = wiring.deliverer(config, self._outbox, now=self._now)
        drop = wiring.dropper(config, self._kept, now=self._now)
        told = config.daemon
        self._config, self._schedule, self._declared = config, schedule, declared
        self._crawl, self._send, self._drop = crawl, send, drop
        self._heartbeat = Heartbeat(told.heartbeat, allow_private=told.heartbeat_private)

    def _take_anew(self) -> None:
        """Read the configuration again; one that is wrong, or names another archive, leaves the old one in force."""
        before = self._config
        try:
            config = self._reload()
            if config.archive != before.archive:
                raise ConfigError("archive", "cannot change while the daemon runs", "stop it and start it again")
            self._take(config)
        except ClausewatchError as error:
            log.error("not reloaded", where=error.where, what=error.what, todo=error.todo)
        else:
            log.info("reloaded", targets=len(self._declared))
        self._supervisor.ready(f"watching {len(self._declared)} terms")

    def _deliver(self) -> None:
        with self._delivering:
            done = self._send()
            self._complain({**done.warnings, **done.problems})

    def _part_with_delivery(self) -> None:
        """Let a delivery under way come to its end, but not for longer than whoever stops us waits.

        The process then ends at once: at a normal exit Python would wait for the thread. What was being sent is sent
        again when its lease has run out, under the same id.
        """
        if not self._delivering.acquire(timeout=PARTING_SECONDS):
            log.info("stopped", delivery="left to its lease")
            sys.stderr.flush()
            os._exit(0)

    def _drop_old(self) -> None:
        dropped = self._drop()
        if dropped.captures or dropped.deliveries:
            log.info("dropped", captures=dropped.captures, bytes=dropped.size, deliveries=dropped.deliveries)

    def _complain(self, complaints: dict[str, str]) -> None:
        """Log what is wrong when it is new, not every second."""
        for channel, what in complaints.items():
            if what and self._complaints.get(channel) != what:
                log.warning("channel", channel=channel, what=what)
            self._complaints[channel] = what

    def _alive(self) -> None:
        self._pulse.beat(self._now())
        self._supervisor.alive()

    def _report(self) -> Report:
        return wiring.report(self._config, self._outbox, declared=self._declared, now=self._now)


def _every(seconds: int) -> dict[str, object]:
    return {"trigger": "interval", "seconds": seconds, "misfire_grace_time": None}
