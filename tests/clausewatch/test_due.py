"""When the daemon visits what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausewatch.due import Rhythm, Watched, due, interval, next_visit
from clausewatch.errors import ConfigError
from clausewatch.pace import Cron, Limits
from diffing.archive.pasts import Past

NOON = datetime(2025, 11, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Rhythm()
ADAPTING = Rhythm(limits=Limits(fastest=timedelta(hours=6), slowest=timedelta(days=7)))


def watched(name: str, last: datetime | None, every: timedelta = DAY, host: str = "one.example") -> Watched:
    return Watched(name=name, host=host, pace=every, past=Past(first=last, last=last))


def names(items: list[Watched], rhythm: Rhythm = PLAIN) -> list[str]:
    return [item.name for item in due(items, lambda item: item, now=NOON, rhythm=rhythm)]


def test_terms_never_visited_are_due_at_once_and_first() -> None:
    assert names([watched("old", NOON - 5 * DAY), watched("new", None)]) == ["new", "old"]


def test_a_week_off_makes_one_visit_due_not_seven() -> None:
    assert names([watched("a", NOON - 7 * DAY)]) == ["a"]


def test_terms_visited_within_their_interval_are_not_due() -> None:
    assert names([watched("a", NOON - DAY / 2)], Rhythm(jitter=0.1)) == []


def test_hosts_take_turns_so_that_one_with_many_terms_holds_nobody_up() -> None:
    many = [watched(f"many {i}", NOON - 9 * DAY, host="many.example") for i in range(3)]
    few = [watched("few", NOON - 2 * DAY, host="few.example")]
    assert names([*many, *few]) == ["many 0", "few", "many 1", "many 2"]


def test_jitter_is_late_by_at_most_its_share_and_the_same_after_a_restart() -> None:
    def moments() -> set[datetime]:
        return {next_visit(watched(f"terms {i}", NOON), Rhythm(jitter=0.1), NOON) for i in range(50)}

    assert moments() == moments()
    assert len(moments()) > 40
    assert all(NOON + DAY <= moment <= NOON + 1.1 * DAY for moment in moments())


def test_what_was_due_while_it_was_off_is_spread_over_the_first_minutes() -> None:
    started = Rhythm(started=NOON, spread=timedelta(minutes=10))
    overdue = [watched(f"terms {i}", NOON - 3 * DAY) for i in range(100)]
    minutes = sorted((next_visit(one, started, NOON) - NOON) / timedelta(minutes=1) for one in overdue)
    assert minutes[0] >= 0
    assert minutes[-1] <= 10
    assert 30 < sum(minute < 5 for minute in minutes) < 70


def test_what_is_not_due_at_the_start_keeps_its_moment() -> None:
    started = Rhythm(started=NOON, spread=timedelta(minutes=10))
    assert next_visit(watched("a", NOON - DAY / 2), started, NOON) == NOON + DAY / 2


def test_terms_never_visited_are_spread_too() -> None:
    started = Rhythm(started=NOON, spread=timedelta(minutes=10))
    assert len({next_visit(watched(f"terms {i}", None), started, NOON) for i in range(50)}) > 40


def test_cron_means_the_clocks_of_its_zone_through_summer_time() -> None:
    paris = Cron(expression="30 8 * * 1-5", zone=ZoneInfo("Europe/Paris"))
    friday = datetime(2026, 3, 27, 12, tzinfo=UTC)
    monday = paris.after(friday)
    assert monday == datetime(2026, 3, 30, 6, 30, tzinfo=UTC)  # half past eight is two hours ahead from that Sunday on
    one = Watched(name="a", pace=paris, past=Past(first=friday, last=friday))
    assert next_visit(one, PLAIN, friday) == monday


def test_an_hour_that_summer_time_skips_is_made_up_for() -> None:
    paris = Cron(expression="30 2 * * *", zone=ZoneInfo("Europe/Paris"))
    assert paris.after(datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_one_visit() -> None:
    paris = Cron(expression="30 2 * * *", zone=ZoneInfo("Europe/Paris"))
    first = paris.after(datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first.date() == datetime(2026, 10, 25).date()
    assert paris.after(first).date() == datetime(2026, 10, 26).date()


def test_cron_is_late_by_a_share_of_its_own_gap() -> None:
    hourly = Cron(expression="0 * * * *", zone=ZoneInfo("UTC"))
    one = Watched(name="a", pace=hourly, past=Past(first=NOON, last=NOON))
    moment = next_visit(one, Rhythm(jitter=0.5), NOON)
    assert NOON + timedelta(hours=1) <= moment <= NOON + timedelta(hours=1.5)


@pytest.mark.parametrize(
    ("past", "hours"),
    [
        (Past(first=NOON - 90 * DAY), 24),
        (Past(first=NOON - 90 * DAY, changed=NOON - 3 * DAY), 6),
        (Past(first=NOON - 90 * DAY, changed=NOON - 20 * DAY), 24),
        (Past(first=NOON - 90 * DAY, announced=(NOON + DAY,)), 6),
        (Past(first=NOON - 90 * DAY, announced=(NOON - DAY,)), 6),
        (Past(first=NOON - 90 * DAY, announced=(NOON + 9 * DAY,)), 24),
        (Past(first=NOON - 900 * DAY, changed=NOON - 200 * DAY), 48),
        (Past(first=NOON - 900 * DAY, changed=NOON - 400 * DAY), 96),
        (Past(first=NOON - 900 * DAY), 96),
    ],
)
def test_the_pace_quickens_after_a_change_and_around_a_date_and_slackens_in_silence(past: Past, hours: float) -> None:
    one = Watched(name="a", pace=DAY, past=replace(past, last=NOON))
    assert next_visit(one, ADAPTING, NOON) - NOON == timedelta(hours=hours)


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=60)), st.integers(0, 900), st.integers(0, 900))
def test_adapting_never_leaves_its_limits(every: timedelta, first: int, changed: int) -> None:
    past = Past(first=NOON - first * DAY, last=NOON, changed=NOON - min(first, changed) * DAY)
    gap = next_visit(Watched(name="a", pace=every, past=past), ADAPTING, NOON) - NOON
    assert min(every, timedelta(hours=6)) <= gap <= max(every, timedelta(days=7))


def test_a_fixed_pace_does_not_adapt() -> None:
    one = Watched(name="a", pace=DAY, past=Past(first=NOON - 900 * DAY, last=NOON))
    assert next_visit(one, PLAIN, NOON) == NOON + DAY


def test_news_to_be_confirmed_is_looked_at_again_after_its_own_wait() -> None:
    past = Past(first=NOON - DAY, last=NOON, unconfirmed=True)
    one = Watched(name="a", pace=DAY, confirm=timedelta(minutes=10), past=past)
    assert next_visit(one, PLAIN, NOON) == NOON + timedelta(minutes=10)
    assert next_visit(replace(one, past=replace(past, unconfirmed=False)), PLAIN, NOON) == NOON + DAY
    assert next_visit(replace(one, confirm=None), PLAIN, NOON) == NOON + DAY


def test_an_interval_that_is_none_names_its_key() -> None:
    with pytest.raises(ConfigError) as caught:
        interval("often", "daemon.every")
    assert str(caught.value) == (
        "daemon.every: 'often' is no interval; write a number and s, m, h, d or w, at least 10s: 6h"
    )
