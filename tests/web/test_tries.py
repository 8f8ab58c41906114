"""Guessing the token."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from clausewatch.web.access import Access, TooManyTries
from clausewatch.web.tries import MOST, REMEMBERED, WINDOW, Tries
from tests.support.web import TOKEN, browsing, filled

NOW = datetime(2025, 10, 1, 8, 0, tzinfo=UTC)


def test_after_ten_wrong_tokens_not_even_the_right_one_is_looked_at_for_a_minute() -> None:
    access = Access(TOKEN)
    assert not any(access.right(f"guess {number}", address="a", now=NOW) for number in range(MOST))
    with pytest.raises(TooManyTries):
        access.right(TOKEN, address="a", now=NOW)
    assert access.right(TOKEN, address="a", now=NOW + WINDOW)


def test_whoever_guesses_shuts_nobody_else_out() -> None:
    access = Access(TOKEN)
    for number in range(MOST):
        access.right(f"guess {number}", address="a", now=NOW)
    assert access.right(TOKEN, address="b", now=NOW)


def test_the_right_token_is_never_counted() -> None:
    access = Access(TOKEN)
    assert all(access.right(TOKEN, address="a", now=NOW) for _ in range(3 * MOST))


def test_guesses_from_everywhere_do_not_fill_the_memory() -> None:
    tries = Tries()
    for number in range(REMEMBERED + 100):
        tries.wrong(str(number), NOW)
    assert len(tries._wrong) == REMEMBERED


def test_pages_and_programs_share_the_count(tmp_path: Path) -> None:
    with filled(tmp_path, token=TOKEN) as over, browsing(over) as browser:
        for number in range(MOST):
            browser.post("/sign-in", data={"token": f"guess {number}", "name": "Ada"})
        refused = browser.post("/sign-in", data={"token": TOKEN, "name": "Ada"})
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
        program = browser.get("/api/v1/deliveries", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (program.status_code, program.json()["error"]["code"]) == (429, "too_many_tries")
        assert browser.get("/").status_code == 200
