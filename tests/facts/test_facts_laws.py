"""Laws of facts: verbatim quotations, values in their documented form, linear time on hostile text."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.locale import locale
from diffing.alignment import align
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.facts import facts
from diffing.facts.vocabulary import LANGUAGES, PARTIAL, WHOLE, names
from diffing.passage import Passage, PassageKind
from diffing.passages import passages
from tests.support.facts import SEEN, flag, flags_on

DOC = (Path(__file__).parents[2] / "docs" / "facts.md").read_text(encoding="utf-8")

VOCABULARY = (
    "We may use your posts profile to train our AI models but not except for private messages , ; . : ( ) unless you ",
    "opt out object until by before November 3, 2025 1er janvier 2026 03/11/2025 effective en vigueur le à partir du ",
    "in the EU UK Switzerland outside share with Microsoft affiliates settings Settings > Privacy > AI on by default ",
    "ab dem 3. November 2025 mit Microsoft teilen in der EU hasta el 1 de mayo ",
    "compartimos con Microsoft nel Regno Unito ",
    "consent legitimate interests nous n’utilisons pas vos messages à l’exception de sauf si paramètres | \u202e ",
    "“quoted” 30 days after we post these changes",
)
WORDS = st.sampled_from("".join(VOCABULARY).split())
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


@given(
    before=TEXTS, after=st.lists(TEXTS, min_size=1, max_size=4).map("\n\n".join), language=st.sampled_from(LANGUAGES)
)
@settings(max_examples=150, deadline=None)
def test_every_quotation_stands_where_it_says(before: str, after: str, language: str) -> None:
    new = passages(after)
    edits = align(passages(before), new)
    flagged = tuple(
        flag(number, edit.after.text)
        for number, edit in enumerate(edits)
        if edit.after is not None and edit.kind is not EditKind.MOVED
    )
    for fact in facts(edits, flagged, new, language=language, observed_on=SEEN):
        assert new[fact.passage].text[fact.start : fact.end] == fact.quote
        assert fact.quote
        _has_its_form(fact)


def _has_its_form(fact: Fact) -> None:
    match fact.name:
        case FactName.EFFECTIVE_DATE | FactName.OPT_OUT_BY:
            assert date.fromisoformat(fact.value).isoformat() == fact.value
        case FactName.REGION:
            assert re.fullmatch(r"worldwide|EU|EEA|[A-Z]{2}(-[A-Z]{2})?", fact.value)
        case FactName.DATA_USED | FactName.DATA_EXCLUDED:
            assert fact.value in names("categories")
        case FactName.LEGAL_BASIS:
            assert fact.value in names("legal_basis")
        case FactName.RETROACTIVE:
            assert fact.value == "yes"
        case FactName.DEFAULT:
            assert fact.value in ("on", "off")


HOSTILE = (
    "Settings > ",
    "opt out in Settings, then Privacy ",
    "in Aa Aa and for Aa ",
    "Acme receives ",
    "train ",
    "we do not ",
    "(",
    "November 3, ",
    "EU and ",
    "share with Acme ",
    "“a",
    "prompts, ",
    "1/1/",
    "models trained ",
    "data we have ",
    "données déjà ",
    "until ",
    "n’",
    "Aa ",
)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        *((language, word) for language in WHOLE for word in HOSTILE),
        *((language, "1/1/ EU Microsoft (mit con met com ") for language in PARTIAL),
    ],
)
def test_hostile_text_is_read_in_bounded_time(word: str, language: str) -> None:
    text = (word * 100_000)[:100_000]
    passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text.strip())
    edit = Edit(kind=EditKind.ADDED, before=None, after=passage, before_index=None, after_index=0)
    found = facts((edit,), (flag(0, passage.text),), (passage,), language=language, observed_on=SEEN)
    assert len({(fact.name, fact.value) for fact in found}) < 200


def test_a_flag_on_words_that_are_gone_gives_no_facts() -> None:
    old, new = passages("We train AI on your posts in the UK."), passages("We keep logs.")
    assert facts(align(old, new), (), new, language="en", observed_on=SEEN) == ()


def test_facts_come_in_the_order_of_their_names() -> None:
    text = "Unless you opt out, we train AI on posts of members in the UK from 3 November 2025."
    new = passages(text)
    edits = align((), new)
    found = facts(edits, flags_on(edits, text), new, language="en", observed_on=SEEN)
    order = list(FactName)
    assert [fact.name for fact in found] == sorted((fact.name for fact in found), key=order.index)
    assert len(found) == 4


def test_the_documentation_lists_every_name_category_and_group() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", DOC, re.MULTILINE)
    assert listed == [*FactName, *_sorted_categories(), *names("recipients", "groups")]


@pytest.mark.parametrize("section", ["categories", "recipients"])
def test_the_documentation_has_the_words_people_are_told(section: str) -> None:
    for value, words in locale("en").words[section].items():
        assert f"| `{value}` | {words} |" in DOC


def _sorted_categories() -> list[str]:
    people = ("minors", "business_customers")
    return [*(name for name in names("categories") if name not in people), *people]
