import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffing.alignment import align
from diffing.change import ChangeKind
from diffing.kind import kind_of
from diffing.normalise import skeleton
from diffing.passages import passages

OPENING = "We keep your address for as long as your account is open."


def kind(before: str, after: str) -> ChangeKind:
    old, new = passages(before), passages(after)
    return kind_of(old, new, align(old, new))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We  keep it.\n\n\nAlways.", "We keep it.\n\nAlways."),
        ("We keep it , always", "We keep it, always."),
        ("We Keep It", "WE KEEP IT"),
        ("We **keep** it", "We keep _it_"),
        ("## We keep it", "**We keep it**"),
        ("5.2 Advertisers", "5.3 Advertisers"),
        ("(a) your name\n\n(b) your age", "(i) your name\n\n(ii) your age"),
        ("1.  your name\n2.  your age", "*   your name\n*   your age"),
        ("Article 3 – Sharing", "Article 4: Sharing"),
        ("first clause\n\nsecond thing", "second thing\n\nfirst clause"),
        ("“It’s” yours – always", '"It\'s" yours - always'),
        ("no\u00a0break", "no break"),
        ("your inter\u00adests\u200b", "your interests"),
        ("cafe\u0301 noir", "café noir"),
        ("third-party use", "third\u2011party use"),
        (f"{OPENING} Then it goes to the bin.", f"{OPENING}\n\nThen it goes to the bin."),
        (f"{OPENING}\n\nThen it goes to the bin.", f"{OPENING} Then it goes to the bin."),
        ("![logo](a.png) We keep it", "![logo](b.png) We keep it"),
    ],
)
def test_what_changes_no_word_is_cosmetic(before: str, after: str) -> None:
    assert kind(before, after) is ChangeKind.COSMETIC


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [here](https://a.example/1)", "See [here](https://a.example/2)"),
        ("See [here](https://a.example/1)", "See here"),
        ("See [here](/1) and, [there](/2)", "See [here](/1) and [there](/3)"),
    ],
)
def test_what_changes_only_targets_is_links(before: str, after: str) -> None:
    assert kind(before, after) is ChangeKind.LINKS


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We sell data", "We do not sell data"),
        ("Last updated: 3 March 2024", "Last updated: 4 March 2024"),
        ("We keep it for 3 years", "We keep it for 5 years"),
        ("3 years after you leave", "5 years after you leave"),
        ("1.5 million people", "2.5 million people"),
        ("It costs $5", "It costs €5"),
        ("50% of it", "50 of it"),
        ("We’re here", "Were here"),
        ("We keep it", "We keep it\n\nWe sell it"),
        ("We keep it\n\nWe sell it", "We keep it"),
        ("any third-party advertiser", "any non-affiliated third-party advertiser"),
    ],
)
def test_what_changes_a_word_is_substantive(before: str, after: str) -> None:
    assert kind(before, after) is ChangeKind.SUBSTANTIVE


def test_a_word_beside_a_hundred_new_numbers_is_substantive() -> None:
    before = "\n\n".join(f"{n}.1 clause about {'x' * n}" for n in range(1, 100))
    after = "\n\n".join(f"{n + 1}.1 clause about {'x' * n}" for n in range(1, 100)) + " now"
    assert kind(before, after) is ChangeKind.SUBSTANTIVE


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_letters_have_the_skeleton_they_have_beside_others(text: str) -> None:
    assert skeleton(f"x {text} é").split()[:-1] == skeleton(f"x {text}").split()


def test_accents_lost_in_decoding_change_nothing() -> None:
    right = "Durée\n\nVos données à caractère personnel sont conservées.\n\nDélais de dépôt"
    lost = re.sub("[éàèôâ]", "\ufffd", right)
    assert kind(right, lost) is ChangeKind.COSMETIC
    assert kind(lost, right) is ChangeKind.COSMETIC
    assert kind(lost, right.replace("Vos", "Nos")) is ChangeKind.SUBSTANTIVE
    assert kind("個人\ufffd報を共有します", "個人情報を販売します") is ChangeKind.SUBSTANTIVE
