"""The deliverer: everything due is sent once, and a channel that fails stops only itself."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.channels.channel import Channel, Receipt
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import AHEAD, Delivered, deliver_due
from alerts.delivery import Delivery, State
from alerts.errors import BadChannel, Gone, Refused, Unreachable
from alerts.outbox import Outbox
from tests.support.outbox import DAY, HOUR, NOW, SECOND, new_outbox, note
from tests.support.receiver import DROP, Reply, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Fake:
    """A channel that does with each delivery what it is told, then takes it."""

    answers: Iterable[Exception | Callable[[], object]] = ()
    sent: list[tuple[str, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = iter(self.answers)
        self.lock = threading.Lock()

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        with self.lock:
            self.sent.append((delivery.id.removeprefix("evt_"), now))
            answer = next(self.left, None)
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            answer()
        return Receipt(detail="ok")

    def names(self) -> list[str]:
        return [name for name, _ in self.sent]


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return new_outbox(tmp_path)


def deliver(outbox: Outbox, now: datetime = NOW, **channels: Channel) -> Delivered:
    return deliver_due(outbox, channels, lambda: now, "worker")


def refused(retry_after: timedelta | None = None) -> Refused:
    return Refused("channel hook", "it said no", "ask it", retry_after)


def down(retry_after: timedelta | None = None) -> Unreachable:
    return Unreachable("channel hook", "it is down", "see that it is up", retry_after)


def test_everything_due_is_delivered_once_on_every_channel(outbox: Outbox) -> None:
    hook, mail = Fake(), Fake()
    wanted = [note(str(n), channel=name) for n in range(3 * AHEAD) for name in ("hook", "mail")]
    outbox.add([*wanted, note("later", due_at=NOW + HOUR)], NOW)
    assert deliver(outbox, hook=hook, mail=mail) == Delivered(delivered=6 * AHEAD)
    assert sorted(hook.names()) == sorted(mail.names()) == sorted(str(n) for n in range(3 * AHEAD))
    assert outbox.counts() == {State.DELIVERED: 6 * AHEAD, State.WAITING: 1}
    assert deliver(outbox, hook=hook, mail=mail) == Delivered()


def test_what_is_for_a_channel_that_is_not_there_stays_where_it_is(outbox: Outbox) -> None:
    outbox.add([note("a", channel="removed")], NOW)
    assert deliver(outbox, hook=Fake()) == Delivered()
    assert outbox.get("evt_a")[0].attempts == 0


def test_a_refused_delivery_waits_and_the_others_of_its_channel_go_on(outbox: Outbox) -> None:
    outbox.add([note("bad"), note("good"), note("fine")], NOW)
    hook = Fake([refused()])
    done = deliver(outbox, hook=hook)
    assert done == Delivered(delivered=2, failed=1, problems={"hook": "it said no; ask it"})
    (bad,) = outbox.list(state=State.WAITING)
    assert (bad.attempts, bad.last_error) == (1, "it said no; ask it")


def test_a_channel_out_of_reach_is_asked_a_few_times_and_stops_no_other(outbox: Outbox) -> None:
    outbox.add([note(str(n), channel=name) for n in range(100) for name in ("hook", "mail")], NOW)
    hook, mail = Fake([down() for _ in range(500)]), Fake()
    done = deliver(outbox, hook=hook, mail=mail)
    assert done.delivered == 100
    assert len(hook.sent) <= AHEAD
    waiting = outbox.list(state=State.WAITING, limit=200)
    assert len(waiting) == 100
    assert sum(delivery.attempts for delivery in waiting) == len(hook.sent)
    assert min(delivery.next_at for delivery in waiting) >= NOW + 5 * SECOND
    assert {delivery.leased_by for delivery in waiting} == {""}


def test_a_channel_that_failed_before_is_asked_by_one_delivery_first(outbox: Outbox) -> None:
    outbox.add([note(str(n)) for n in range(20)], NOW)
    deliver(outbox, hook=Fake([down() for _ in range(20)]))
    hook = Fake([down() for _ in range(20)])
    assert deliver(outbox, NOW + 10 * SECOND, hook=hook).failed == 1
    assert len(hook.sent) == 1


def test_what_waited_for_a_channel_is_delivered_when_it_is_back(outbox: Outbox) -> None:
    outbox.add([note(str(n)) for n in range(30)], NOW)
    deliver(outbox, hook=Fake([down() for _ in range(30)]))
    assert deliver(outbox, NOW + 10 * SECOND, hook=Fake()).delivered == 30


def test_retry_after_is_obeyed_for_the_whole_channel(outbox: Outbox) -> None:
    outbox.add([note("a"), note("b")], NOW)
    deliver(outbox, hook=Fake([down(2 * HOUR), down(2 * HOUR)]))
    hook = Fake()
    assert deliver(outbox, NOW + 2 * HOUR - SECOND, hook=hook) == Delivered()
    assert deliver(outbox, NOW + 2 * HOUR, hook=hook).delivered == 2


def test_a_channel_that_is_gone_is_disabled_and_loses_nothing(outbox: Outbox) -> None:
    outbox.add([note(str(n)) for n in range(40)], NOW)
    gone = [Gone("channel hook", "it answered 410", "enable it") for _ in range(40)]
    done = deliver(outbox, hook=Fake(gone))
    assert done.disabled == ("hook",)
    assert outbox.counts() == {State.HELD: 40}
    assert outbox.endpoints()[0].reason == "it answered 410; enable it"
    assert deliver(outbox, hook=Fake()) == Delivered()
    outbox.enable("hook", NOW + DAY)
    assert deliver(outbox, NOW + DAY, hook=Fake()).delivered == 40


def test_a_channel_whose_settings_cannot_work_or_that_has_a_bug_fails_alone(outbox: Outbox) -> None:
    outbox.add([note("a", channel=name) for name in ("broken", "buggy", "mail")], NOW)
    broken = Fake([BadChannel("channel broken", "its secret is missing", "set it")])
    buggy = Fake([KeyError("the-secret")])
    done = deliver(outbox, broken=broken, buggy=buggy, mail=Fake())
    assert done.delivered == 1
    assert done.problems == {
        "broken": "its secret is missing; set it",
        "buggy": "KeyError inside the channel; this is a bug, please report it",
    }


def test_four_are_on_their_way_to_a_channel_at_once(outbox: Outbox) -> None:
    outbox.add([note(str(n)) for n in range(8)], NOW)
    four = threading.Barrier(4)
    assert deliver(outbox, hook=Fake([lambda: four.wait(10)] * 8)).delivered == 8


def test_a_channel_that_hangs_does_not_keep_another_waiting(outbox: Outbox) -> None:
    outbox.add([note(str(n), channel=name) for n in range(20) for name in ("hook", "mail")], NOW)
    mail_done = threading.Event()
    mail = Fake([lambda: None] * 19 + [mail_done.set])
    assert deliver(outbox, hook=Fake([lambda: mail_done.wait(10)] * 20), mail=mail).delivered == 40


def test_a_deliverer_that_is_stopped_gives_back_what_it_had_not_begun(outbox: Outbox) -> None:
    outbox.add([note(str(n)) for n in range(50)], NOW)
    hook = Fake()
    done = deliver_due(outbox, {"hook": hook}, lambda: NOW, "worker", stop=lambda: True)
    assert done.delivered == len(hook.sent) == 4
    assert {d.leased_by for d in outbox.list(state=State.WAITING)} == {""}
    assert outbox.waiting() == 46


def test_an_alert_dropped_after_reading_is_sent_again_under_its_id(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    with receiving(DROP, Reply(200)) as receiver:
        hook = WebhookChannel("hook", receiver.url, lambda: [SECRET], allow_private=True)
        assert deliver(outbox, hook=hook).failed == 1
        assert deliver(outbox, NOW + 10 * SECOND, hook=hook).delivered == 1
    assert receiver.ids() == ["evt_a", "evt_a"]
