"""Deliverer: sends what is due, several at once, and writes down what became of it."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from alerts.channels.channel import Channel, Receipt
from alerts.delivery import Delivery, State
from alerts.errors import AlertError, BadChannel, Gone, Refused, Unreachable
from alerts.gathered import Gathered
from alerts.handling import USUAL, Handling
from alerts.outbox import Outbox

AT_ONCE: Final = 4
"""Deliveries on their way to one channel at once."""
ALL_AT_ONCE: Final = 32
"""Deliveries on their way at once, so that some channels that hang leave room for the others."""
AHEAD: Final = 16
"""Deliveries leased at once for a channel. With every one hanging for 20 s they need 80 s of the lease."""
LEASE_SECONDS: Final = 300.0
LOOK_AGAIN: Final = timedelta(seconds=1)
"""How often to look for what fell due meanwhile, while slow deliveries are on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a run did. delivered: taken by their receivers. failed: attempts that failed and will be made again.

    given_up: failed for the last time. disabled: channels that were disabled meanwhile, sorted. problems: the last
    error of each channel that had one, without secrets. warnings: what channels delivered in spite of.
    """

    delivered: int = 0
    failed: int = 0
    given_up: int = 0
    disabled: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)


def deliver_due(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    now: Callable[[], datetime],
    worker: str,
    *,
    handling: Mapping[str, Handling] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Send everything that is due to the channels given, and return when nothing is due or on its way any more.

    Digests that are due are made up first. A channel that fails stops only itself; what is for a channel that is not
    given stays where it is. worker: a name no other running deliverer has. handling: of channels that are not to be
    treated as usual. stop: asked between deliveries; when true, what has not begun is given back.
    Raises what the archive raises: a store that cannot write stops everything, and leases run out by themselves.
    """
    with ThreadPoolExecutor(ALL_AT_ONCE, thread_name_prefix="deliver") as pool:
        return _Run(outbox, channels, now, worker, pool, handling or {}).until(stop)


@dataclass(slots=True)
class _Lane:
    """One channel's deliveries in this run: those leased and not begun, and how many are on their way.

    failing: the last attempt failed, so one delivery, the oldest, asks whether the channel is back before others go.
    """

    name: str
    channel: Channel
    handling: Handling
    failing: bool
    leased: deque[Delivery] = field(default_factory=deque)
    flying: int = 0

    @property
    def room(self) -> int:
        return (1 if self.failing else AT_ONCE) - self.flying

    def quiet_until(self, now: datetime) -> datetime | None:
        return self.handling.quiet.until(now) if self.handling.quiet else None


class _Run:
    """One run. Threads only send; everything is written down by the thread that runs it."""

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        worker: str,
        pool: ThreadPoolExecutor,
        handling: Mapping[str, Handling],
    ) -> None:
        self._outbox = outbox
        self._gathered = Gathered(outbox.store)
        self._now = now
        self._worker = worker
        self._pool = pool
        failing = {endpoint.channel for endpoint in outbox.endpoints() if endpoint.failing_since is not None}
        self._lanes = tuple(
            _Lane(name, channel, handling.get(name, USUAL), name in failing) for name, channel in channels.items()
        )
        self._flying: dict[Future[Receipt], tuple[_Lane, Delivery]] = {}
        self._counts: Counter[str] = Counter()
        self._disabled: set[str] = set()
        self._problems: dict[str, str] = {}
        self._warnings: dict[str, str] = {}

    def until(self, stop: Callable[[], bool]) -> Delivered:
        looked = self._now()
        self._look()
        while self._flying:
            done, _ = wait(self._flying, timeout=LOOK_AGAIN.total_seconds(), return_when=FIRST_COMPLETED)
            freed = [self._settle(future) for future in done]
            if stop():
                self._give_back()
            elif self._now() - looked >= LOOK_AGAIN:
                looked = self._now()
                self._look()
            else:
                self._fill(freed)
        return Delivered(
            delivered=self._counts["delivered"],
            failed=self._counts["failed"],
            given_up=self._counts["given_up"],
            disabled=tuple(sorted(self._disabled)),
            problems=self._problems,
            warnings=self._warnings,
        )

    def _look(self) -> None:
        """Make up the digests that are due, and send on every channel."""
        now = self._now()
        loud = [lane for lane in self._lanes if not lane.quiet_until(now)]
        for lane in loud:
            if lane.handling.limit:
                self._gathered.fold(lane.name, now, limit=lane.handling.limit, per=lane.handling.per)
        self._gathered.form(now)
        for lane in self._lanes:
            if until := lane.quiet_until(now):
                self._outbox.postpone(lane.name, until)
        self._fill(loud)

    def _fill(self, lanes: Iterable[_Lane]) -> None:
        """Send as many more as there is room for."""
        for lane in lanes:
            if not lane.leased and lane.room > 0:
                lane.leased.extend(self._lease(lane))
            while lane.leased and lane.room > 0:
                delivery = lane.leased.popleft()
                lane.flying += 1
                self._flying[self._pool.submit(lane.channel.send, delivery, self._now())] = (lane, delivery)

    def _lease(self, lane: _Lane) -> tuple[Delivery, ...]:
        now, handling = self._now(), lane.handling
        limit = 1 if lane.failing else AHEAD
        if handling.limit:
            limit = min(limit, self._gathered.room(lane.name, now, limit=handling.limit, per=handling.per))
        if not limit or lane.quiet_until(now):
            return ()
        return self._outbox.lease(now, self._worker, limit=limit, seconds=LEASE_SECONDS, channels=(lane.name,))

    def _settle(self, future: Future[Receipt]) -> _Lane:
        """Write down what became of a delivery."""
        lane, delivery = self._flying.pop(future)
        lane.flying -= 1
        error = future.exception()
        if error is None:
            lane.failing = False
            self._outbox.succeeded(delivery, self._now())
            self._counts["delivered"] += 1
            if warning := future.result().warning:
                self._warnings[lane.name] = warning
        elif isinstance(error, Exception):
            self._failed(lane, delivery, error)
        else:
            raise error
        return lane

    def _failed(self, lane: _Lane, delivery: Delivery, error: Exception) -> None:
        said = self._problems[lane.name] = _said(error)
        wait_for = error.retry_after if isinstance(error, Refused) else None
        state = self._outbox.failed(delivery, self._worker, self._now(), said, wait_for)
        if isinstance(error, Gone):
            self._outbox.disable(lane.name, said, self._now())
            state = State.HELD
        self._counts["given_up" if state is State.FAILED else "failed"] += 1
        if state is State.HELD:
            self._disabled.add(lane.name)
            self._give_back_of(lane)
        elif isinstance(error, Unreachable | BadChannel):
            lane.failing = True
            self._give_back_of(lane)
            self._postpone(lane, delivery)

    def _postpone(self, lane: _Lane, delivery: Delivery) -> None:
        """Let the channel's other deliveries wait with this one, so that a dead receiver is asked once each time."""
        (again,) = (d for d in self._outbox.get(delivery.id) if d.channel == lane.name)
        if again.state is State.WAITING:
            self._outbox.postpone(lane.name, again.next_at)

    def _give_back(self) -> None:
        for lane in self._lanes:
            self._give_back_of(lane)

    def _give_back_of(self, lane: _Lane) -> None:
        self._outbox.release(lane.leased, self._worker)
        lane.leased.clear()


def _said(error: Exception) -> str:
    """Say what went wrong. An error that is none of ours is a mistake in the channel: its text may hold a secret."""
    if isinstance(error, AlertError):
        return f"{error.what}; {error.todo}"
    return f"{type(error).__name__} inside the channel; this is a bug, please report it"
