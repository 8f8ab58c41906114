import pytest

from diffing.fault import FaultReason
from diffing.gate import COLLAPSED, SIZEABLE, suspicion

POLICY = "We keep your address for as long as your account is open. " * 40


def judged(before: str, after: str, was: str = "en", now: str = "en") -> FaultReason | None:
    return suspicion(before, after, language_before=was, language_after=now)


@pytest.mark.parametrize("text", ["", "\n\n", "* * *", "| | |\n|---|---|", "\u200b", "_ _"])
def test_a_text_without_words_is_empty(text: str) -> None:
    assert judged(POLICY, text) is FaultReason.EMPTY
    assert judged("", text, "", "") is FaultReason.EMPTY


def test_a_text_that_lost_most_of_itself_has_collapsed() -> None:
    assert judged(POLICY, "Service unavailable.") is FaultReason.COLLAPSED


def test_a_text_that_lost_half_of_itself_is_trusted() -> None:
    assert judged(POLICY, POLICY[: len(POLICY) // 2]) is None


def test_the_share_that_must_be_left_is_exact() -> None:
    before = "a" * SIZEABLE
    left = int(SIZEABLE * COLLAPSED)
    assert judged(before, "a" * left) is None
    assert judged(before, "a" * (left - 1)) is FaultReason.COLLAPSED


def test_a_short_text_may_shrink() -> None:
    assert judged("a" * (SIZEABLE - 1), "Moved.") is None


def test_another_language_is_held_back() -> None:
    assert judged(POLICY, POLICY, "en", "fr") is FaultReason.WRONG_LANGUAGE


def test_an_unknown_language_is_not_another_one() -> None:
    assert judged(POLICY, POLICY, "", "fr") is None
    assert judged(POLICY, POLICY, "en", "") is None


def test_the_first_text_of_a_document_is_trusted_when_it_has_words() -> None:
    assert judged("", "Hello", "", "en") is None
