"""Alerts told together: nothing is lost on the way into a digest, and none is told twice."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.channels.channel import Channel, Receipt
from alerts.deliverer import deliver_due
from alerts.delivery import Delivery, State
from alerts.event import MAX_BODY
from alerts.gathered import Gathered
from alerts.handling import Handling
from alerts.note import note_of
from alerts.outbox import Outbox
from alerts.plain import plain_text
from alerts.routing import Subscription, messages
from alerts.times import Digest, Quiet, Rhythm
from diffing.archive.record import Message
from diffing.change import Severity
from tests.support import changes
from tests.support.deliveries import LINKS
from tests.support.outbox import DAY, HOUR, MINUTE, NOW, new_outbox, note
from tests.support.schema import problems

PARIS = ZoneInfo("Europe/Paris")
DAILY = Subscription(
    channel="hook", unflagged=True, rhythm=Rhythm(every=Digest.DAILY, at=time(8), zone=ZoneInfo("UTC"))
)


@dataclass
class Inbox:
    """A channel that keeps what it is sent."""

    got: list[tuple[Delivery, datetime]] = field(default_factory=list)

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        self.got.append((delivery, now))
        return Receipt(detail="ok")

    def told(self) -> list[str]:
        """Ids of the alerts told, alone or in a digest."""
        return [name for delivery, _ in self.got for name in names(delivery)]


def names(delivery: Delivery) -> list[str]:
    if delivery.event != "digest":
        return [delivery.id]
    return [item["id"] for item in json.loads(delivery.body)["data"]["items"]]


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return new_outbox(tmp_path)


def run(outbox: Outbox, inbox: Channel, now: datetime, handling: Handling | None = None) -> None:
    deliver_due(outbox, {"hook": inbox}, lambda: now, "w", handling={"hook": handling} if handling else {})


def alerts(number: int, subscription: Subscription = DAILY, **told: Any) -> list[Message]:
    found: list[Message] = []
    for index in range(number):
        change = changes.change(service=f"Service {index}", **told)
        found += messages(change, [subscription], NOW, links=LINKS)
    return found


def test_a_daily_digest_tells_at_its_hour_what_was_gathered_until_then(outbox: Outbox) -> None:
    inbox = Inbox()
    outbox.add(alerts(3), NOW)
    run(outbox, inbox, NOW + HOUR)
    assert inbox.got == []
    assert outbox.counts() == {State.GATHERED: 3}
    run(outbox, inbox, NOW + 2 * HOUR)
    ((digest, _),) = inbox.got
    assert outbox.counts() == {State.DIGESTED: 3, State.DELIVERED: 1}
    assert sorted(names(digest)) == sorted(message.id for message in alerts(3))
    assert {d.digest_id for d in outbox.list(state=State.DIGESTED)} == {digest.id}
    assert problems(json.loads(digest.body)) == []


def test_an_alert_alone_is_told_as_itself(outbox: Outbox) -> None:
    inbox = Inbox()
    outbox.add(alerts(1), NOW)
    run(outbox, inbox, NOW + DAY)
    assert [delivery.event for delivery, _ in inbox.got] == ["policy.change"]


def test_what_matters_most_comes_first(outbox: Outbox) -> None:
    low = messages(changes.change(service="Low", flags=(), severity=Severity.LOW), [DAILY], NOW)
    high = messages(changes.change(service="High"), [DAILY], NOW)
    outbox.add([*low, *high], NOW)
    inbox = Inbox()
    run(outbox, inbox, NOW + DAY)
    items = json.loads(inbox.got[0][0].body)["data"]["items"]
    assert [item["service"] for item in items] == ["High", "Low"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=0, max_size=400), min_size=2, max_size=60))
def test_however_much_is_gathered_each_part_stays_under_the_limit_and_each_alert_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, services: list[str]
) -> None:
    outbox = new_outbox(tmp_path_factory.mktemp("many"))
    made = [
        message
        for index, name in enumerate(services)
        for message in messages(changes.change(service=f"{index} {name}"), [DAILY], NOW, links=LINKS)
    ]
    outbox.add(made, NOW)
    inbox = Inbox()
    run(outbox, inbox, NOW + DAY)
    assert Counter(inbox.told()) == Counter(message.id for message in made)
    for delivery, _ in inbox.got:
        assert len(delivery.body.encode()) <= MAX_BODY
        assert problems(json.loads(delivery.body)) == []


def test_a_digest_is_made_in_one_transaction_or_not_at_all(tmp_path: Path) -> None:
    outbox = new_outbox(tmp_path)
    outbox.add(alerts(3), NOW)

    def interrupted() -> None:
        with outbox.store.writing():
            Gathered(outbox.store).form(NOW + DAY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert outbox.counts() == {State.GATHERED: 3}
    inbox = Inbox()
    run(outbox, inbox, NOW + DAY)
    assert len(inbox.told()) == 3


def test_the_first_that_matches_decides_so_the_grave_comes_at_once_and_the_rest_daily(outbox: Outbox) -> None:
    wanted: Sequence[Subscription] = (Subscription(channel="hook", severities=("high",)), DAILY)
    outbox.add(messages(changes.change(), wanted, NOW), NOW)
    outbox.add(messages(changes.change(service="Other", severity=Severity.MEDIUM), wanted, NOW), NOW)
    assert outbox.counts() == {State.WAITING: 1, State.GATHERED: 1}


def test_nothing_is_sent_in_quiet_hours_and_everything_after_them(outbox: Outbox) -> None:
    night = Handling(quiet=Quiet(start=time(22), end=time(7), zone=PARIS))
    late = NOW.replace(hour=21)
    inbox = Inbox()
    outbox.add([note("a", due_at=late), note("b", due_at=late)], late)
    run(outbox, inbox, late, night)
    assert inbox.got == []
    assert outbox.next_due() == (NOW + DAY).replace(hour=5)
    run(outbox, inbox, (NOW + DAY).replace(hour=5), night)
    assert inbox.told() == ["evt_a", "evt_b"]


def test_what_comes_faster_than_a_channel_takes_is_told_together(outbox: Outbox) -> None:
    slow = Handling(limit=3, per=HOUR)
    inbox = Inbox()
    outbox.add(alerts(10, Subscription(channel="hook")), NOW)
    run(outbox, inbox, NOW, slow)
    assert [delivery.event for delivery, _ in inbox.got] == ["policy.change", "policy.change", "digest"]
    assert Counter(inbox.told()) == Counter(message.id for message in alerts(10))


def test_a_channel_that_is_full_gets_the_rest_when_it_has_room_again(outbox: Outbox) -> None:
    slow = Handling(limit=2, per=HOUR)
    inbox = Inbox()
    outbox.add([note("a"), note("b")], NOW)
    run(outbox, inbox, NOW, slow)
    outbox.add([note("c", due_at=NOW + MINUTE), note("d", due_at=NOW + MINUTE)], NOW + MINUTE)
    for minute in range(1, 60):
        run(outbox, inbox, NOW + minute * MINUTE, slow)
    assert inbox.told() == ["evt_a", "evt_b"]
    run(outbox, inbox, NOW + HOUR, slow)
    assert inbox.told() == ["evt_a", "evt_b", "evt_c", "evt_d"]
    assert len(inbox.got) == 3


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 90), min_size=1, max_size=40), st.integers(1, 4))
def test_a_rate_limit_is_never_exceeded_and_drops_nothing(
    tmp_path_factory: pytest.TempPathFactory, minutes: list[int], limit: int
) -> None:
    outbox = new_outbox(tmp_path_factory.mktemp("rate"))
    inbox, slow = Inbox(), Handling(limit=limit, per=HOUR)
    for number, minute in enumerate(minutes):
        outbox.add([note(str(number), due_at=NOW + minute * MINUTE)], NOW)
    for step in range(0, 240, 10):
        run(outbox, inbox, NOW + step * MINUTE, slow)
    assert Counter(inbox.told()) == Counter(f"evt_{number}" for number in range(len(minutes)))
    sent = [moment for _, moment in inbox.got]
    assert all(sum(1 for other in sent if moment <= other < moment + HOUR) <= limit for moment in sent)


def test_what_may_have_arrived_already_keeps_its_own_id(outbox: Outbox) -> None:
    outbox.add([note("tried"), note("b"), note("c")], NOW)
    (tried,) = outbox.lease(NOW, "dead", limit=1, seconds=60)
    later = NOW + timedelta(minutes=2)
    inbox = Inbox()
    run(outbox, inbox, later, Handling(limit=1, per=HOUR))
    run(outbox, inbox, later + HOUR, Handling(limit=1, per=HOUR))
    assert names(inbox.got[0][0]) == [tried.id]
    assert Counter(inbox.told()) == {"evt_tried": 1, "evt_b": 1, "evt_c": 1}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Clausewatch · 4 alerts today · Service 0, Service 1 and 2 others"),
        ("fr", "Clausewatch · 4 alertes du jour · Service 0, Service 1 et 2 autres"),
    ],
)
def test_a_digest_reads_in_its_readers_language(outbox: Outbox, language: str, title: str) -> None:
    rhythm = DAILY.rhythm
    outbox.add(alerts(4, Subscription(channel="hook", language=language, rhythm=rhythm)), NOW)
    inbox = Inbox()
    run(outbox, inbox, NOW + DAY)
    told = note_of(inbox.got[0][0].body, "en", NOW.date())
    assert told.title == title
    assert "https://watch.example/changes/1" in plain_text(told)


def test_a_disabled_channel_keeps_what_is_gathered_for_it(outbox: Outbox) -> None:
    outbox.add(alerts(2), NOW)
    outbox.disable("hook", "gone", NOW)
    inbox = Inbox()
    run(outbox, inbox, NOW + DAY)
    assert inbox.got == []
    outbox.enable("hook", NOW + 2 * DAY)
    run(outbox, inbox, NOW + 2 * DAY)
    assert len(inbox.told()) == 2
