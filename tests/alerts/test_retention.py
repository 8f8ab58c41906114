"""Old deliveries go by age; what waits, failed, is held or is still to be reminded of stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from alerts import retention
from alerts.delivery import State
from alerts.gathered import Gathered
from alerts.outbox import Outbox
from alerts.retention import drop_deliveries
from tests.support.outbox import DAY, NOW, new_outbox, note

LATER = NOW + 400 * DAY


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return new_outbox(tmp_path)


def deliver(outbox: Outbox, *names: str, days: float = 0) -> None:
    """Alerts that were delivered so many days after NOW."""
    now = NOW + timedelta(days=days)
    outbox.add([note(name, due_at=now) for name in names], now)
    for delivery in outbox.lease(now, "worker", limit=100, seconds=60):
        outbox.succeeded(delivery, now)


def left(outbox: Outbox) -> dict[str, State]:
    return {one.id.removeprefix("evt_"): one.state for one in outbox.list()}


def test_what_was_delivered_before_a_moment_is_dropped(outbox: Outbox) -> None:
    deliver(outbox, "old", "older")
    deliver(outbox, "new", days=100)
    assert drop_deliveries(outbox.store, before=NOW + 100 * DAY, today=LATER.date()) == 2
    assert left(outbox) == {"new": State.DELIVERED}


def test_what_is_not_delivered_stays_whatever_its_age(outbox: Outbox) -> None:
    outbox.add([note("held", channel="mail"), note("failed", channel="chat")], NOW)
    outbox.disable("mail", "gone", NOW)
    for attempt in range(10):
        now = NOW + attempt * 2 * DAY
        (failed,) = outbox.lease(now, "worker", limit=1, seconds=60)
        outbox.failed(failed, "worker", now, "HTTP 400")
        outbox.add([note(f"good{attempt}", channel="chat")], now)
        outbox.succeeded(outbox.get(f"evt_good{attempt}")[0], now)
    outbox.add([note("waits")], NOW)
    assert drop_deliveries(outbox.store, before=LATER, today=LATER.date()) == 10
    assert left(outbox) == {"waits": State.WAITING, "held": State.HELD, "failed": State.FAILED}


def test_what_a_digest_told_goes_after_the_digest(outbox: Outbox) -> None:
    outbox.add([note("one"), note("two")], NOW)
    assert Gathered(outbox.store).fold("hook", NOW, limit=1, per=DAY) == 2
    Gathered(outbox.store).form(NOW)
    assert drop_deliveries(outbox.store, before=LATER, today=LATER.date()) == 0
    (digest,) = outbox.lease(NOW, "worker", limit=1, seconds=60)
    outbox.succeeded(digest, NOW)
    assert drop_deliveries(outbox.store, before=LATER, today=LATER.date()) == 3
    assert left(outbox) == {}


def test_many_are_dropped_in_several_transactions(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    deliver(outbox, *map(str, range(7)))
    assert drop_deliveries(outbox.store, before=LATER, today=LATER.date()) == 7
