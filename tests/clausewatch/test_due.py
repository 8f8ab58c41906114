"""When the daemon visits what."""

from datetime import UTC, datetime, timedelta

import pytest

from clausewatch.due import Watched, due, interval, next_visit
from clausewatch.errors import ConfigError

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def watched(name: str, last: datetime | None, every: timedelta = DAY) -> Watched:
    return Watched(name=name, every=every, last=last)


def test_terms_never_visited_are_due_at_once_and_first() -> None:
    items = [watched("old", NOON - 5 * DAY), watched("new", None)]
    assert [item.name for item in due(items, lambda item: item, now=NOON, jitter=0.1)] == ["new", "old"]


def test_a_week_off_makes_one_visit_due_not_seven() -> None:
    items = [watched("a", NOON - 7 * DAY)]
    assert due(items, lambda item: item, now=NOON, jitter=0) == items


def test_terms_visited_within_their_interval_are_not_due() -> None:
    assert not due([watched("a", NOON - DAY / 2)], lambda item: item, now=NOON, jitter=0.1)


def test_jitter_is_late_by_at_most_its_share_and_the_same_after_a_restart() -> None:
    moments = {next_visit(watched(f"terms {i}", NOON), 0.1) for i in range(50)}
    assert moments == {next_visit(watched(f"terms {i}", NOON), 0.1) for i in range(50)}
    assert len(moments) > 40
    assert all(moment is not None and NOON + DAY <= moment <= NOON + 1.1 * DAY for moment in moments)


def test_an_interval_that_is_none_names_its_key() -> None:
    with pytest.raises(ConfigError) as caught:
        interval("often", "daemon.every")
    assert str(caught.value) == (
        "daemon.every: 'often' is no interval; write a number and s, m, h, d or w, at least 10s: 6h"
    )
