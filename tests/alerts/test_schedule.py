"""When a delivery that failed is tried again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from alerts.schedule import DELAYS, JITTER, LONGEST_WAIT, next_attempt
from tests.support.outbox import NOW


@given(attempts=st.integers(1, len(DELAYS) - 1), name=st.text())
def test_the_wait_is_that_of_the_schedule_and_at_most_the_jitter_more(attempts: int, name: str) -> None:
    due = next_attempt(NOW, attempts, name)
    assert due is not None
    assert DELAYS[attempts] <= due - NOW < DELAYS[attempts] * (1 + JITTER)
    assert next_attempt(NOW, attempts, name) == due


def test_deliveries_that_failed_together_do_not_come_back_together() -> None:
    assert len({next_attempt(NOW, 3, f"evt_{number}") for number in range(20)}) == 20


def test_after_the_tenth_attempt_there_is_none() -> None:
    assert next_attempt(NOW, len(DELAYS), "a", timedelta(seconds=1)) is None


def test_retry_after_is_the_least_wait_and_at_most_a_day() -> None:
    assert next_attempt(NOW, 1, "a", timedelta(minutes=10)) == NOW + timedelta(minutes=10)
    assert next_attempt(NOW, 3, "a", timedelta(minutes=1)) == next_attempt(NOW, 3, "a")
    assert next_attempt(NOW, 1, "a", timedelta(days=3650)) == NOW + LONGEST_WAIT
