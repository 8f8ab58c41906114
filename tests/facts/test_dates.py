"""Days named in a text, and which of them say from when a change holds or until when one can object."""

from datetime import date

import pytest

from diffing.fact import FactName
from diffing.facts.dates import mentions
from tests.support.facts import SEEN, read, said, values


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [
        ("en", "November 3, 2025", date(2025, 11, 3)),
        ("en", "3rd of November, 2025", date(2025, 11, 3)),
        ("en", "Sept. 5 2026", date(2026, 9, 5)),
        ("en", "2025-11-03", date(2025, 11, 3)),
        ("en", "25/12/2025", date(2025, 12, 25)),
        ("en", "12/25/2025", date(2025, 12, 25)),
        ("en", "03.11.2025", date(2025, 11, 3)),
        ("fr", "3 novembre 2025", date(2025, 11, 3)),
        ("fr", "1er janvier 2026", date(2026, 1, 1)),
        ("fr", "03/11/2025", date(2025, 11, 3)),
        ("fr", "9 décembre2019", date(2019, 12, 9)),
        ("fr", "09 Jan 2023", date(2023, 1, 9)),
    ],
)
def test_a_day_is_read_in_the_forms_policies_use(language: str, words: str, day: date) -> None:
    found = mentions(f"a {words} z", language, SEEN)
    assert [(mention.day, mention.start, mention.end) for mention in found] == [(day, 2, 2 + len(words))]


@pytest.mark.parametrize("words", ["11/03/2025", "31 February 2025", "99/99/2025"])
def test_a_day_that_may_be_another_or_none_is_left_open(words: str) -> None:
    assert [mention.day for mention in mentions(words, "en", SEEN)] == [None]


@pytest.mark.parametrize("words", ["you may 5 times", "June 2025", "version 1.2.2025.4"])
def test_words_that_look_like_a_day_are_none(words: str) -> None:
    assert mentions(words, "en", SEEN) == ()


def test_a_day_without_year_is_the_next_one() -> None:
    assert mentions("November 3", "en", SEEN)[0].day == date(2025, 11, 3)
    assert mentions("2 mars", "fr", SEEN)[0].day == date(2026, 3, 2)


def test_a_day_without_year_that_just_passed_is_left_open() -> None:
    assert mentions("September 10", "en", SEEN)[0].day is None


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "Effective November 3, 2025"),
        ("en", "**Effective date:** 3 November 2025"),
        ("en", "Last updated and effective on November 3, 2025"),
        ("en", "This notice takes effect on Monday, November 3, 2025."),
        ("en", "On November 3, 2025, we are updating this notice."),
        ("en", "Starting November 3, 2025, our terms will change."),
        ("fr", "Date d’entrée en vigueur : 3 novembre 2025"),
        ("fr", "Version en vigueur au 03/11/2025"),
        ("fr", "Applicable à compter du lundi 3 novembre 2025"),
        ("fr", "La présente politique prendra effet le 3 novembre 2025."),
        ("fr", "À partir du lundi 3 novembre 2025, nous modifions nos conditions."),
    ],
)
def test_the_head_of_a_text_says_from_when_it_holds(language: str, head: str) -> None:
    found = read(f"# Privacy\n\n{head}\n", before="# Privacy\n", language=language)
    assert [(fact.name, fact.value) for fact in found] == [(FactName.EFFECTIVE_DATE, "2025-11-03")]


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "Last updated November 3, 2025"),
        ("en", "Previous version effective November 3, 2025"),
        ("en", "Effective 03/11/2025"),
        ("en", "Founded on November 3, 2025"),
        ("fr", "Dernière mise à jour : 3 novembre 2025"),
        ("fr", "Tarif en vigueur au 03/11/2025"),
        ("fr", "Version applicable jusqu’au 3 novembre 2025"),
    ],
)
def test_another_date_at_the_head_is_no_effective_date(language: str, head: str) -> None:
    assert read(f"# Privacy\n\n{head}\n", before="# Privacy\n", language=language) == ()


def test_an_effective_date_that_did_not_change_is_not_told() -> None:
    before = "Effective November 3, 2025\n\nWe keep logs.\n"
    assert read(before + "\nWe keep backups too.\n", before=before) == ()


def test_a_date_far_below_the_head_is_not_the_texts_own() -> None:
    body = "\n\n".join(f"Clause number {number} says something." for number in range(30))
    assert read(f"{body}\n\nEffective November 3, 2025\n", before=body) == ()


def test_days_counted_from_posting_start_when_we_saw_it() -> None:
    text = "These changes take effect 30 days after we post them."
    assert values(read(text), FactName.EFFECTIVE_DATE) == ["2025-10-18"]


@pytest.mark.parametrize(
    "text",
    [
        "Changes may take effect 30 days after we post them.",
        "These changes take effect 30 days after you receive a notice.",
    ],
)
def test_days_counted_from_an_unknown_day_give_no_date(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Until November 3, 2025 you can object to the training of our models."),
        ("en", "Opt out before November 3, 2025 and your posts will not train our models."),
        ("en", "If you do not opt out by 3 November 2025, we train on your posts."),
        ("fr", "Vous pouvez vous opposer jusqu’au 3 novembre 2025 à l’entraînement de nos modèles."),
        ("fr", "Opposez-vous avant le 3 novembre 2025, sinon vos publications serviront à entraîner l’IA."),
    ],
)
def test_a_deadline_to_object_is_read(language: str, sentence: str) -> None:
    assert said(sentence, FactName.OPT_OUT_BY, language=language) == ["2025-11-03"]


def test_a_date_before_which_nothing_begins_is_no_deadline() -> None:
    sentence = "Training will not begin before November 3, 2025, and you can opt out at any time."
    assert said(sentence, FactName.OPT_OUT_BY) == []
