"""A dead-man's switch: somebody outside notices when the daemon falls silent."""

from datetime import UTC, datetime, timedelta

import pytest

from clausewatch.health.pulse import Pulse
from clausewatch.heartbeat import Heartbeat
from tests.support.receiver import DROP, Reply, receiving

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)


def test_it_beats_once_a_minute_however_often_it_is_called() -> None:
    with receiving() as receiver:
        heartbeat = Heartbeat(receiver.url, allow_private=True)
        said = [heartbeat.beat(NOW + timedelta(seconds=seconds)) for seconds in range(0, 180, 10)]
    assert (len(receiver.received), set(said)) == (3, {""})


@pytest.mark.parametrize(
    ("reply", "said"),
    [(Reply(500), "answered 500"), (DROP, "closed the connection without an answer")],
)
def test_what_goes_wrong_is_said_and_stops_nothing(reply: Reply, said: str) -> None:
    with receiving(then=reply) as receiver:
        assert Heartbeat(receiver.url, allow_private=True).beat(NOW) == said


def test_a_private_address_is_not_reached_unless_allowed() -> None:
    with receiving() as receiver:
        assert Heartbeat(receiver.url).beat(NOW) == "stands for a private address"
    assert receiver.received == []


def test_without_an_address_nothing_is_sent() -> None:
    assert Heartbeat("").beat(NOW) == ""


def test_a_main_thread_that_stands_still_is_not_alive() -> None:
    pulse = Pulse(NOW)
    assert pulse.alive(NOW + timedelta(minutes=9))
    assert not pulse.alive(NOW + timedelta(minutes=11))
    pulse.beat(NOW + timedelta(minutes=11))
    assert pulse.alive(NOW + timedelta(minutes=12))
