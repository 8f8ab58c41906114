from datetime import UTC, datetime, timedelta

import pytest

from diffing.change import ChangeKind
from diffing.judge import judge
from diffing.returns import FLIP_WINDOW, ONE_FLIP_SETTLED, SETTLED, Runs, return_of
from diffing.stay import Stay

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def history(*days_and_texts: tuple[float, str]) -> Runs:
    return Runs(
        Stay(version_id=f"v{at}", text_hash=text, observed_at=BEGIN + timedelta(days=day))
        for at, (day, text) in enumerate(days_and_texts)
    )


def day(number: float) -> datetime:
    return BEGIN + timedelta(days=number)


def test_a_text_never_seen_before_is_no_return() -> None:
    assert return_of(history((0, "old"), (5, "new")), "newest", day(9)) is None
    assert return_of(Runs(), "first", day(0)) is None


def test_the_text_that_stands_is_no_return() -> None:
    assert return_of(history((0, "old"), (5, "new")), "new", day(9)) is None


def test_a_clause_withdrawn_after_two_weeks_is_news() -> None:
    back = return_of(history((0, "old"), (300, "with the clause")), "old", day(314))
    assert back is not None
    assert back.news
    assert (back.version_id, back.stood, back.flips) == ("v0", timedelta(days=14), 0)
    assert back.observed_at == BEGIN


def test_a_return_names_the_day_its_text_was_first_seen() -> None:
    back = return_of(history((2, "old"), (5, "new"), (6, "old"), (9, "new")), "old", day(40))
    assert back is not None
    assert (back.version_id, back.observed_at) == ("v2", day(2))


@pytest.mark.parametrize("days", [1, 30])
def test_the_judgement_on_a_return_says_when_its_text_was_first_seen(days: int) -> None:
    back = return_of(history((0, "old"), (5, "new")), "old", day(5 + days))
    assert back is not None
    judged = judge(
        "New text.", "Old text.", topics=(), language="en", service="S", observed_on=day(5 + days).date(), back=back
    )
    assert (judged.kind, judged.news, judged.returned_to) == (ChangeKind.RETURN, back.news, BEGIN)


def test_a_text_that_stood_for_a_day_leaves_no_news() -> None:
    back = return_of(history((0, "old"), (300, "failed load")), "old", day(301))
    assert back is not None
    assert not back.news


def test_the_end_of_a_text_is_news_from_the_moment_it_has_settled() -> None:
    stays = history((0, "old"), (300, "other"))
    settled = day(300) + SETTLED
    assert [back.news for at in (settled - timedelta(seconds=1), settled) if (back := return_of(stays, "old", at))] == [
        False,
        True,
    ]


def test_a_page_that_flips_for_weeks_says_nothing() -> None:
    flipping = [(float(at), "ab"[at % 2]) for at in range(60)]
    told = []
    for known in range(2, len(flipping)):
        at, text = flipping[known]
        back = return_of(history(*flipping[:known]), text, day(at))
        assert back is not None
        told.append(back.news)
    assert not any(told)


def test_a_flipping_page_stays_silent_through_a_pause() -> None:
    stays = history((0, "a"), (1, "b"), (2, "a"), (3, "b"), (4, "a"))
    back = return_of(stays, "b", day(31))
    assert back is not None
    assert back.flips == 3
    assert not back.news


def test_withdrawn_terms_that_come_after_all_are_news_when_the_withdrawal_had_settled() -> None:
    stays = history((0, "old"), (300, "new"), (310, "old"))
    soon, later = (return_of(stays, "new", day(310) + stood) for stood in (SETTLED, ONE_FLIP_SETTLED))
    assert soon is not None
    assert later is not None
    assert (soon.flips, later.flips) == (1, 1)
    assert (soon.news, later.news) == (False, True)


def test_flips_are_forgotten_after_the_window() -> None:
    stays = history((0, "a"), (1, "b"), (2, "a"), (3, "b"), (4, "c"))
    back = return_of(stays, "b", day(3) + FLIP_WINDOW + timedelta(days=1))
    assert back is not None
    assert (back.flips, back.news) == (0, True)


def test_texts_that_rotate_within_days_do_not_settle_together() -> None:
    stays = history((0, "old"), *((300 + at, f"promotion {at}") for at in range(10)))
    back = return_of(stays, "old", day(310))
    assert back is not None
    assert (back.stood, back.news) == (timedelta(days=1), False)


def test_the_same_text_recorded_twice_in_a_row_is_one_stay() -> None:
    back = return_of(history((0, "old"), (5, "other"), (6, "other"), (7, "other")), "old", day(9))
    assert back is not None
    assert (back.stood, back.flips, back.news) == (timedelta(days=4), 0, True)


def test_a_clock_that_goes_backwards_counts_as_no_time() -> None:
    back = return_of(history((10, "old"), (20, "other")), "old", day(5))
    assert back is not None
    assert (back.stood, back.news) == (timedelta(), False)
