"""Faults on purpose, counted: alerts made, received, received twice with the same id, lost. Lost is zero."""

from pathlib import Path

import pytest

from alerts.channels.channel import Channel
from alerts.delivery import State
from tests.support.mailbox import free_port
from tests.support.outbox import DAY, HOUR, NOW, SECOND, new_outbox, note
from tests.support.receiver import receiving
from tests.support.scenarios import SCENARIOS, hook, mail, run_until


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_lost_and_little_comes_twice(tmp_path: Path, name: str) -> None:
    scenario, (least, most) = SCENARIOS[name]
    found = scenario(tmp_path)
    assert found.lost == 0
    assert least <= found.twice <= most
    expected_kept = 10 if name == "SMTP: half the recipients" else 0
    assert (found.kept, found.received) == (expected_kept, found.made - expected_kept)


def test_a_channel_that_is_down_for_a_week_is_disabled_and_keeps_no_other_waiting(tmp_path: Path) -> None:
    outbox, now = new_outbox(tmp_path), NOW
    with receiving() as other:
        channels: dict[str, Channel] = {
            "hook": hook(f"http://127.0.0.1:{free_port()}/"),
            "mail": mail(free_port()),
            "other": hook(other.url),
        }
        for number in range(21):
            outbox.add([note(str(number), channel=name, due_at=now) for name in channels], now)
            now = run_until(outbox, channels, now, NOW + (number + 1) * 8 * HOUR)
        assert sorted(other.ids()) == sorted(f"evt_{number}" for number in range(21))
    assert outbox.counts() == {State.DELIVERED: 21, State.HELD: 42}
    assert [one.channel for one in outbox.endpoints() if one.disabled_at] == ["hook", "mail"]
    assert outbox.enable("hook", NOW + 8 * DAY + SECOND) == 21
