"""A bare yes or no, which says what its question or the heading of its column asks."""

import pytest

from diffing.evaluation import overall
from tests.support.flagging import flagged

ASKED = "## Do you train AI on my documents?"
WAY_OUT = "## Can I opt out of the training of your models?"
PLANS = "| Plan | Encrypted | Used to train our models |\n| --- | --- | --- |"


@pytest.mark.parametrize(
    ("asked", "answer", "language", "effect"),
    [
        (ASKED, "No.", "en", "limits"),
        (ASKED, "Yes, unless you have told us not to.", "en", "introduces"),
        ("Do you train AI on my documents?\n", "Never.", "en", "limits"),
        (WAY_OUT, "No.", "en", "introduces"),
        (WAY_OUT, "Yes, in the settings.", "en", "limits"),
        (PLANS, "| Free | No | Yes |", "en", "introduces"),
        (PLANS, "| Free | Yes | No, never |", "en", "limits"),
        ("## Mes documents servent-ils à entraîner une IA ?", "Non.", "fr", "limits"),
        ("## Mes documents servent-ils à entraîner une IA ?", "Oui, sauf refus.", "fr", "introduces"),
        ("## Werden mit meinen Daten KI-Modelle trainiert?", "Nein.", "de", "limits"),
    ],
)
def test_an_answer_says_what_was_asked(asked: str, answer: str, language: str, effect: str) -> None:
    found = flagged(asked, f"{asked}\n{answer}", language=language)
    assert [flag.effect.value for flag in found] == [effect]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (PLANS, "| Free | No | In part |"),
        (PLANS, "| Free | Yes |"),
        ("## Do you sell my documents?", "No."),
        ("## Training AI on your documents", "No."),
        (ASKED, "No document is sold."),
    ],
)
def test_what_answers_nothing_says_nothing(asked: str, answer: str) -> None:
    assert flagged(asked, f"{asked}\n{answer}") == ()


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (f"{ASKED}\nNo.", f"{ASKED}\nYes.", "introduces"),
        (f"{ASKED}\nNo.", f"{ASKED}\nIt depends.", "drops_protection"),
        (f"{PLANS}\n| Free | No | No |", f"{PLANS}\n| Free | No | Yes |", "introduces"),
        (f"{PLANS}\n| Free | No | Yes |", f"{PLANS}\n| Free, and paid until May | No | Yes |", "introduces"),
    ],
)
def test_an_answer_that_changes_is_flagged(before: str, after: str, effect: str) -> None:
    assert overall([flag.effect for flag in flagged(before, after)]).value == effect


def test_an_answer_in_another_column_is_not() -> None:
    assert flagged(f"{PLANS}\n| Free | No | Yes |", f"{PLANS}\n| Free | Yes | Yes |") == ()
