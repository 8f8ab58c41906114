"""The outbox: what waits, who has it, and what became of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from alerts.delivery import Delivery, State
from alerts.errors import UnknownDelivery
from alerts.outbox import Endpoint, Outbox
from diffing.archive.record import Message
from tests.support.outbox import DAY, HOUR, MINUTE, NOW, SECOND, new_outbox, note


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return new_outbox(tmp_path)


def names(deliveries: Sequence[Delivery]) -> list[str]:
    return [delivery.id.removeprefix("evt_") for delivery in deliveries]


def test_what_is_due_is_leased_in_order_and_the_rest_waits(outbox: Outbox) -> None:
    outbox.add([note("later", due_at=NOW + HOUR), note("b"), note("a"), note("early", due_at=NOW - HOUR)], NOW)
    assert names(outbox.lease(NOW, "w", limit=10, seconds=60)) == ["early", "b", "a"]
    assert names(outbox.lease(NOW + HOUR, "w", limit=10, seconds=60)) == ["early", "b", "a", "later"]


def test_a_message_put_in_twice_is_there_once(outbox: Outbox) -> None:
    outbox.add([note("a"), note("a"), note("a", channel="mail")], NOW)
    outbox.add([note("a")], NOW + HOUR)
    assert outbox.waiting() == 2


def test_a_leased_delivery_is_nobody_elses_until_the_lease_runs_out(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    (mine,) = outbox.lease(NOW, "one", limit=1, seconds=60)
    assert (mine.leased_by, mine.lease_until, mine.attempts) == ("one", NOW + MINUTE, 0)
    assert outbox.lease(NOW + 59 * SECOND, "two", limit=1, seconds=60) == ()
    (theirs,) = outbox.lease(NOW + MINUTE, "two", limit=1, seconds=60)
    assert (theirs.id, theirs.body, theirs.leased_by) == (mine.id, mine.body, "two")


def test_two_processes_never_lease_the_same_delivery(tmp_path: Path) -> None:
    one, two = new_outbox(tmp_path), new_outbox(tmp_path)
    one.add([note(str(number)) for number in range(10)], NOW)
    taken = [
        *one.lease(NOW, "one", limit=4, seconds=60),
        *two.lease(NOW, "two", limit=4, seconds=60),
        *one.lease(NOW, "one", limit=4, seconds=60),
    ]
    assert sorted(names(taken)) == [str(number) for number in range(10)]


def test_a_lease_can_be_extended_by_who_has_it_only(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    leased = outbox.lease(NOW, "one", limit=1, seconds=60)
    outbox.extend(leased, "one", NOW + 50 * SECOND, 60)
    outbox.extend(leased, "two", NOW + 50 * SECOND, 3600)
    assert outbox.lease(NOW + 109 * SECOND, "two", limit=1, seconds=60) == ()
    assert len(outbox.lease(NOW + 110 * SECOND, "two", limit=1, seconds=60)) == 1


def test_a_released_delivery_is_due_again_and_no_attempt_is_counted(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    outbox.release(outbox.lease(NOW, "one", limit=1, seconds=60), "one")
    (again,) = outbox.lease(NOW, "two", limit=1, seconds=60)
    assert again.attempts == 0


def test_reaping_frees_what_a_dead_worker_had(outbox: Outbox) -> None:
    outbox.add([note("a"), note("b")], NOW)
    outbox.lease(NOW, "dead", limit=2, seconds=60)
    assert outbox.reap(NOW + 59 * SECOND) == 0
    assert outbox.reap(NOW + MINUTE) == 2
    assert {delivery.leased_by for delivery in outbox.list()} == {""}


def test_a_delivered_alert_says_when_and_after_how_many_attempts(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    (leased,) = outbox.lease(NOW, "w", limit=1, seconds=60)
    outbox.failed(leased, "w", NOW, "HTTP 500")
    (leased,) = outbox.lease(NOW + MINUTE, "w", limit=1, seconds=60)
    outbox.succeeded(leased, NOW + MINUTE)
    (done,) = outbox.get("evt_a")
    assert (done.state, done.attempts, done.delivered_at) == (State.DELIVERED, 2, NOW + MINUTE)
    assert (done.last_error, done.leased_by) == ("", "")
    assert outbox.lease(NOW + DAY, "w", limit=1, seconds=60) == ()


def test_a_failed_attempt_shows_its_error_and_comes_back_on_schedule(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    (leased,) = outbox.lease(NOW, "w", limit=1, seconds=60)
    assert outbox.failed(leased, "w", NOW, "HTTP 500") is State.WAITING
    (delivery,) = outbox.get("evt_a")
    assert (delivery.attempts, delivery.last_error) == (1, "HTTP 500")
    assert NOW + 5 * SECOND <= delivery.next_at <= NOW + 6 * SECOND
    assert outbox.next_due() == delivery.next_at


def fail_to_the_end(outbox: Outbox, name: str) -> tuple[datetime, list[State]]:
    """Let every attempt at one delivery fail; the time of the last, and how it stood after each."""
    now, states = NOW, []
    while leased := [d for d in outbox.lease(now, "w", limit=9, seconds=1) if d.id == f"evt_{name}"]:
        states.append(outbox.failed(leased[0], "w", now, "HTTP 500"))
        if states[-1] is State.WAITING:
            now = outbox.get(f"evt_{name}")[0].next_at
    return now, states


def test_a_delivery_alone_refused_to_the_last_attempt_is_given_up_but_kept(outbox: Outbox) -> None:
    outbox.add([note("bad")], NOW)
    for attempt in range(10):
        (bad,) = outbox.lease(NOW + attempt * 2 * DAY, "w", limit=1, seconds=60)
        state = outbox.failed(bad, "w", NOW + attempt * 2 * DAY, "HTTP 400")
        outbox.add([note(f"good{attempt}")], NOW)
        outbox.succeeded(outbox.get(f"evt_good{attempt}")[0], NOW + attempt * 2 * DAY)
    assert state is State.FAILED
    assert outbox.get("evt_bad")[0].last_error == "HTTP 400"


def test_a_channel_that_fails_to_the_last_attempt_is_disabled_and_what_waits_for_it_held(outbox: Outbox) -> None:
    outbox.add([note("a"), note("b", due_at=NOW + 30 * DAY)], NOW)
    ended, states = fail_to_the_end(outbox, "a")
    assert states == [State.WAITING] * 9 + [State.HELD]
    assert 75 * HOUR < ended - NOW < 1.2 * 76 * HOUR
    (endpoint,) = outbox.endpoints()
    assert (endpoint.disabled_at, endpoint.reason) == (ended, "nothing delivered since 2025-09-18 06:00 UTC: HTTP 500")
    assert outbox.counts() == {State.HELD: 2}
    assert outbox.enable("hook", ended + DAY) == 2


def test_a_worker_that_lost_its_lease_cannot_fail_a_delivery_but_can_say_it_arrived(outbox: Outbox) -> None:
    outbox.add([note("a")], NOW)
    (slow,) = outbox.lease(NOW, "slow", limit=1, seconds=60)
    outbox.lease(NOW + MINUTE, "next", limit=1, seconds=60)
    outbox.failed(slow, "slow", NOW + MINUTE, "timed out")
    told = "whoever sent it ended before it said what came of it"
    assert (outbox.get("evt_a")[0].attempts, outbox.get("evt_a")[0].last_error) == (1, told)
    outbox.succeeded(slow, NOW + MINUTE)
    assert outbox.get("evt_a")[0].state is State.DELIVERED


def test_what_waits_for_a_disabled_channel_is_held_and_released_when_it_is_enabled(outbox: Outbox) -> None:
    outbox.add([note("a"), note("a", channel="mail")], NOW)
    outbox.disable("hook", "gone", NOW)
    outbox.add([note("b")], NOW)
    assert [delivery.channel for delivery in outbox.lease(NOW, "w", limit=9, seconds=60)] == ["mail"]
    assert outbox.counts() == {State.HELD: 2, State.WAITING: 1}
    (endpoint,) = outbox.endpoints()
    assert (endpoint.disabled_at, endpoint.reason) == (NOW, "gone")
    assert outbox.enable("hook", NOW + HOUR) == 2
    assert names(outbox.lease(NOW + HOUR, "v", limit=9, seconds=60, channels={"hook"})) == ["a", "b"]


def test_only_the_channels_asked_for_are_leased(outbox: Outbox) -> None:
    outbox.add([note("a"), note("a", channel="mail")], NOW)
    assert outbox.lease(NOW, "w", limit=9, seconds=60, channels=()) == ()
    assert len(outbox.lease(NOW, "w", limit=9, seconds=60, channels={"mail", "other"})) == 1


def test_a_channel_is_failing_from_its_first_failure_until_its_next_success(outbox: Outbox) -> None:
    outbox.add([note("a"), note("b")], NOW)
    first, second = outbox.lease(NOW, "w", limit=2, seconds=60)
    outbox.failed(first, "w", NOW, "x")
    outbox.failed(second, "w", NOW + SECOND, "x")
    assert outbox.endpoints()[0].failing_since == NOW
    outbox.succeeded(first, NOW + MINUTE)
    assert outbox.endpoints()[0].failing_since is None


def test_postponing_a_channel_keeps_later_times_and_counts_no_attempt(outbox: Outbox) -> None:
    outbox.add([note("a"), note("later", due_at=NOW + DAY), note("a", channel="mail")], NOW)
    outbox.postpone("hook", NOW + HOUR)
    due = {(delivery.id, delivery.channel): (delivery.next_at, delivery.attempts) for delivery in outbox.list()}
    assert due == {
        ("evt_a", "hook"): (NOW + HOUR, 0),
        ("evt_later", "hook"): (NOW + DAY, 0),
        ("evt_a", "mail"): (NOW, 0),
    }


def test_an_alert_can_be_retried_on_one_channel_or_all_under_its_own_id(outbox: Outbox) -> None:
    outbox.add([note("a"), note("a", channel="mail")], NOW)
    for delivery in outbox.lease(NOW, "w", limit=2, seconds=60):
        outbox.succeeded(delivery, NOW)
    assert outbox.retry("evt_a", NOW + HOUR, "mail") == 1
    assert [delivery.channel for delivery in outbox.lease(NOW + HOUR, "w", limit=2, seconds=60)] == ["mail"]
    assert outbox.retry("evt_a", NOW + HOUR) == 2


def test_an_unknown_alert_is_named_in_the_error(outbox: Outbox) -> None:
    told = "evt_x: no alert has that id; list them: clausewatch alerts list"
    with pytest.raises(UnknownDelivery, match=f"^{re.escape(told)}$"):
        outbox.retry("evt_x", NOW)
    with pytest.raises(UnknownDelivery, match=f"^{re.escape(told)}$"):
        outbox.get("evt_x")


def test_deliveries_are_listed_newest_first_by_state_and_channel(outbox: Outbox) -> None:
    outbox.add([note("old")], NOW)
    outbox.add([note("new"), note("new", channel="mail")], NOW + HOUR)
    outbox.succeeded(outbox.get("evt_old")[0], NOW)
    assert names(outbox.list(channel="hook")) == ["new", "old"]
    assert names(outbox.list(state=State.DELIVERED)) == ["old"]
    assert len(outbox.list(limit=1)) == 1


def test_who_disables_a_channel_tells_others_of_it_once_and_in_the_same_transaction(tmp_path: Path) -> None:
    store = new_outbox(tmp_path).store
    told: list[tuple[str, str, int]] = []

    def notice(endpoint: Endpoint, held: int) -> list[Message]:
        told.append((endpoint.channel, endpoint.reason, held))
        return [note("notice", channel="owner")]

    outbox = Outbox(store, notice=notice)
    outbox.add([note("a"), note("b")], NOW)
    outbox.disable("hook", "gone", NOW)
    outbox.disable("hook", "gone again", NOW + HOUR)
    assert told == [("hook", "gone", 2)]
    assert names(outbox.list(channel="owner")) == ["notice"]


def test_a_channel_can_be_sent_again_all_it_was_told_since_a_day(outbox: Outbox) -> None:
    for day in range(3):
        outbox.add([note(str(day)), note(str(day), channel="mail")], NOW + day * DAY)
        for channel in range(2):
            outbox.succeeded(outbox.get(f"evt_{day}")[channel], NOW + day * DAY)
    assert outbox.replay(NOW + 9 * DAY, channel="hook", since=NOW + DAY, until=NOW + 2 * DAY) == 1
    assert outbox.replay(NOW + 9 * DAY, channel="hook", since=NOW + 2 * DAY) == 1
    assert names(outbox.lease(NOW + 9 * DAY, "w", limit=9, seconds=60)) == ["1", "2"]
