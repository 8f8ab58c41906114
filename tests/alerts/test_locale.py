"""Words for people: both languages have the same keys, and a word for everything a record can hold."""

import re
from enum import StrEnum

import pytest

from alerts.errors import BadLocale
from alerts.locale import LANGUAGES, check_keys, locale, typeset
from diffing.change import ChangeKind, Severity
from diffing.fact import FactName
from diffing.facts.vocabulary import names
from diffing.fault import FaultReason
from diffing.flag import Effect, Stance
from diffing.outcome import Outcome

SECTIONS: dict[str, type[StrEnum]] = {
    "effects": Effect,
    "stances": Stance,
    "kinds": ChangeKind,
    "severities": Severity,
    "outcomes": Outcome,
    "facts": FactName,
    "faults": FaultReason,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_everything_a_record_can_hold_has_a_word(language: str, section: str) -> None:
    assert set(locale(language).words[section]) == {member.value for member in SECTIONS[section]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_a_fact_has_a_word(language: str) -> None:
    words = locale(language).words
    assert list(words["categories"]) == list(names("categories"))
    assert list(words["legal_bases"]) == list(names("legal_basis"))
    assert list(words["recipients"]) == list(names("recipients", "groups"))


def test_a_missing_key_is_named() -> None:
    with pytest.raises(BadLocale) as error:
        check_keys({"a": {"b": "B", "c": "C"}}, {"a": {"b": "B"}}, where="data/locales/xx.yaml")
    assert str(error.value) == "data/locales/xx.yaml: a: c is missing; translate it from data/locales/en.yaml"


def test_a_key_too_many_is_named() -> None:
    with pytest.raises(BadLocale, match="a: c is in no other language"):
        check_keys({"a": {"b": "B"}}, {"a": {"b": "B", "c": "C"}}, where="data/locales/xx.yaml")


@pytest.mark.parametrize(
    ("codes", "english", "french"),
    [
        (["UK", "EU", "CH"], "in the UK, the EU and Switzerland", "au Royaume-Uni, dans l’UE et en Suisse"),
        (["NL", "JP", "US"], "in the Netherlands, Japan and the US", "aux Pays-Bas, au Japon et aux États-Unis"),
        (["MX", "IL", "CY"], "in Mexico, Israel and Cyprus", "au Mexique, en Israël et à Chypre"),
        (["worldwide", "UK"], "worldwide", "dans le monde entier"),
        ([], "", ""),
    ],
)
def test_places_stand_in_a_sentence_with_their_prepositions(codes: list[str], english: str, french: str) -> None:
    assert (locale("en").where(codes), locale("fr").where(codes)) == (english, french)


def test_no_french_line_breaks_before_a_mark_or_inside_quotation_marks() -> None:
    for keys in locale("fr").words.values():
        for text in keys.values():
            assert not re.search(r" [;:?!»]|« |\u00a0[;?!]|\u202f[:»]", text), text


def test_words_without_a_space_before_a_mark_are_left_alone() -> None:
    assert typeset("http://a.example/?b=1;c Yahoo!", "fr") == "http://a.example/?b=1;c Yahoo!"
    assert typeset("Why ? : « x »", "en") == "Why ? : « x »"
