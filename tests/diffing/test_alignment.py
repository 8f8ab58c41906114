from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffing.alignment import align
from diffing.edit import Edit, EditKind, Op
from diffing.kind import is_cosmetic
from diffing.passage import Passage
from diffing.passages import passages

SENTENCES = st.sampled_from(
    [
        "We keep your address for as long as your account is open.",
        "We keep your address and phone for as long as your account is open.",
        "5.2 Partners may see the posts that you publish.",
        "5.3 Partners may see the posts that you publish.",
        "You can object in the settings.",
        "You may object in your settings at any time.",
        "*   your name",
        "*   your age",
        "1.  your age",
        "| ads | posts | yes |",
        "| ads | posts | no |",
        "## Sharing",
        "We keep your address for as long as your account is open. Partners may see the posts that you publish.",
        "You can object in the settings. You may object in your settings at any time. Your name, your age.",
        "Learn more",
        "[Learn more](/elsewhere)",
        "",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=14).map("\n".join) | st.lists(st.text(max_size=8), max_size=12).map("\n".join)


def edits(before: str, after: str) -> tuple[Edit, ...]:
    return align(passages(before), passages(after))


def story(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (edit.kind.value, edit.before.text if edit.before else None, edit.after.text if edit.after else None)
        for edit in edits(before, after)
    ]


def applied(old: Sequence[Passage], found: Sequence[Edit]) -> list[str]:
    """The new texts, from the old ones and the edits alone: what no edit names is kept, in its order."""
    gone = {at for edit in found for at in edit.old_places}
    kept = iter([passage.text for at, passage in enumerate(old) if at not in gone])
    arrived = {at: new.text for edit in found for at, new in zip(edit.new_places, edit.news, strict=True)}
    size = len(old) - len(gone) + len(arrived)
    return [arrived[at] if at in arrived else next(kept) for at in range(size)]


@given(TEXTS, TEXTS)
def test_the_edits_applied_to_the_old_passages_give_the_new(before: str, after: str) -> None:
    old, new = passages(before), passages(after)
    assert applied(old, align(old, new)) == [passage.text for passage in new]


@given(TEXTS, TEXTS)
def test_every_passage_is_in_at_most_one_edit(before: str, after: str) -> None:
    for side in ("old_places", "new_places"):
        places = [at for edit in edits(before, after) for at in getattr(edit, side)]
        assert len(places) == len(set(places))


@given(TEXTS, TEXTS)
def test_swapping_the_sides_swaps_what_was_added_and_removed(before: str, after: str) -> None:
    swapped = {
        EditKind.ADDED: EditKind.REMOVED,
        EditKind.REMOVED: EditKind.ADDED,
        EditKind.SPLIT: EditKind.MERGED,
        EditKind.MERGED: EditKind.SPLIT,
    }
    there, back = edits(before, after), edits(after, before)
    assert Counter((swapped.get(edit.kind, edit.kind), edit.new_places, edit.old_places) for edit in there) == Counter(
        (edit.kind, edit.old_places, edit.new_places) for edit in back
    )


@given(TEXTS, TEXTS)
def test_word_edits_hold_the_words_of_both_sides(before: str, after: str) -> None:
    for edit in edits(before, after):
        if edit.words:
            assert "".join(span.text for span in edit.words if span.op is not Op.INSERT) == edit.before_text
            assert "".join(span.text for span in edit.words if span.op is not Op.DELETE) == edit.after_text


@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_edits(before: str, after: str) -> None:
    assert edits(before, after) == edits(before, after)


@given(TEXTS, TEXTS)
def test_passages_given_as_a_list_give_the_same_kinds_of_edits(before: str, after: str) -> None:
    lists = align(list(passages(before)), list(passages(after)))
    assert applied(passages(before), lists) == [passage.text for passage in passages(after)]


@given(TEXTS)
def test_an_unchanged_text_has_no_edits(text: str) -> None:
    assert edits(text, text) == ()


@given(st.lists(SENTENCES, max_size=12).flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_reordering_alone_gives_only_moves(lines: tuple[list[str], list[str]]) -> None:
    before, after = ("\n\n".join(side) for side in lines)
    assert {edit.kind for edit in edits(before, after)} <= {EditKind.MOVED}


@given(TEXTS, TEXTS)
def test_edits_follow_the_new_text_and_removed_ones_the_old(before: str, after: str) -> None:
    found = edits(before, after)
    arrived = [edit.after_index for edit in found if edit.after_index is not None]
    removed = [edit.before_index for edit in found if edit.kind is EditKind.REMOVED]
    assert arrived == sorted(arrived)
    assert removed == sorted(removed, key=lambda at: at or 0)


def test_a_reworded_clause_is_shown_with_its_words() -> None:
    (edit,) = edits("We may share your posts with our partners.", "We will never share your posts with our partners.")
    assert edit.kind is EditKind.REWORDED
    assert [(span.op.value, span.text) for span in edit.words] == [
        ("keep", "We "),
        ("delete", "may "),
        ("insert", "will never "),
        ("keep", "share your posts with our partners."),
    ]


FIRST = "We keep your address for as long as your account is open."
SECOND = "After that we delete it within thirty days, unless the law says otherwise."
THIRD = "You can ask for a copy of it at any time."


@pytest.mark.parametrize("pieces", [(FIRST, SECOND), (FIRST, SECOND, THIRD), (THIRD, FIRST, SECOND, "Write to us.")])
def test_a_paragraph_that_was_cut_is_split_and_back_it_is_merged(pieces: tuple[str, ...]) -> None:
    whole, apart = " ".join(pieces), "\n\n".join(pieces)
    others = "## Your data\n\n{}\n\nThis text is in force since the third of May."
    (split,) = edits(others.format(whole), others.format(apart))
    assert (split.kind, [new.text for new in split.news]) == (EditKind.SPLIT, list(pieces))
    (merged,) = edits(others.format(apart), others.format(whole))
    assert (merged.kind, [old.text for old in merged.olds]) == (EditKind.MERGED, list(pieces))


def test_a_cut_is_shown_as_a_break_among_the_words_that_stayed() -> None:
    (edit,) = edits(f"{FIRST} {SECOND}", f"{FIRST}\n\n{SECOND}")
    assert [(span.op.value, span.text) for span in edit.words] == [
        ("keep", FIRST),
        ("delete", " "),
        ("insert", "\n"),
        ("keep", SECOND),
    ]


def test_a_paragraph_that_was_cut_and_reworded_shows_both() -> None:
    (edit,) = edits(f"{FIRST} {SECOND}", f"{FIRST}\n\n{SECOND.replace('thirty', 'ninety')}")
    assert edit.kind is EditKind.SPLIT
    assert [span.text for span in edit.words if span.op is Op.INSERT] == ["\n", "ninety "]


def test_a_new_clause_behind_a_kept_one_is_added_and_no_split() -> None:
    before, after = f"{FIRST} {SECOND}", f"{FIRST} {SECOND}\n\nYour address is kept by our partners as well."
    assert [kind for kind, _, _ in story(before, after)] == ["added"]


def test_a_removed_clause_stands_where_it_last_stood() -> None:
    assert story("one\n\nsecond thing here\n\nlast", "one\n\nlast\n\nnew end") == [
        ("removed", "second thing here", None),
        ("added", None, "new end"),
    ]


def test_a_clause_between_renumbered_ones_is_the_only_new_one() -> None:
    before = "5.1 Your name\n\n5.2 Your age\n\n5.3 Your mail"
    after = "5.1 Your name\n\n5.2 Your phone number and its contract\n\n5.3 Your age\n\n5.4 Your mail"
    assert story(before, after) == [
        ("added", None, "5.2 Your phone number and its contract"),
        ("reworded", "5.2 Your age", "5.3 Your age"),
        ("reworded", "5.3 Your mail", "5.4 Your mail"),
    ]


def test_a_renumbered_list_is_no_edit() -> None:
    assert edits("1.  your name\n2.  your age", "*   your name\n*   your age") == ()
    assert edits("3.  your name\n4.  your age", "7.  your name\n8.  your age") == ()


def test_a_clause_that_moved_is_moved_and_the_long_one_holds_its_place() -> None:
    long = "We keep your address for as long as your account is open, and then for another year."
    assert story(f"{long}\n\nContact us", f"Contact us\n\n{long}") == [("moved", "Contact us", "Contact us")]


def test_a_clause_that_moved_and_was_reworded_is_reworded() -> None:
    clause = "We keep your address for as long as your account with us is open{}."
    others = "\n\n".join(f"Clause number {word} speaks of {word} alone." for word in ("apples", "pears", "plums"))
    ((kind, before, after),) = story(f"{clause.format('')}\n\n{others}", f"{others}\n\n{clause.format(' or paused')}")
    assert kind == "reworded"
    assert (before, after) == (clause.format(""), clause.format(" or paused"))


def test_a_table_row_is_paired_by_its_first_cell() -> None:
    before = "| id | Acme | 2 years | ads |\n| uid | Acme | 1 day | login |"
    after = "| id | Bcme Limited | 13 months | measuring |\n| uid | Acme | 1 day | login |"
    assert [(kind, after) for kind, _, after in story(before, after)] == [
        ("reworded", "id | Bcme Limited | 13 months | measuring")
    ]


def test_a_clause_that_keeps_how_it_opens_is_reworded_and_not_replaced() -> None:
    opening = "Our use of your materials. We may use them to provide the service"
    before = f"Other.\n\n{opening} and to develop other products.\n\nMore words stand here.\n\nLast."
    after = (
        f"Other.\n\nNobody else does.\n\n{opening}, including training our models, unless you object in the settings "
        "of your account, which you find under privacy and then data.\n\nLast."
    )
    edits = align(passages(before), passages(after))
    assert [(edit.kind, (edit.before_text or "")[:9]) for edit in edits if edit.kind is not EditKind.ADDED] == [
        (EditKind.REWORDED, "Our use o"),
        (EditKind.REMOVED, "More word"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Article 8: RETRACTATION", "## Article 8: RETRACTION"),
        ("Caricature et parodie", "Caricatures, parodies"),
        ("Litigesn", "Litiges"),
    ],
)
def test_a_short_passage_with_a_letter_more_or_less_is_the_same_passage(before: str, after: str) -> None:
    (edit,) = align(passages(f"One.\n\n{before}\n\nTwo."), passages(f"One.\n\n{after}\n\nTwo."))
    assert edit.kind is EditKind.REWORDED


def test_other_markup_is_no_edit() -> None:
    assert edits("See **our** [terms](/a)\n\n## Data", "See our [terms](/b)\n\n**Data**") == ()


def test_unrelated_clauses_are_removed_and_added() -> None:
    before = "\n\n".join(("Cookies remember your login.", "Write to our office in Ghent for a copy of this text."))
    after = "\n\n".join(("Minors need a parent to agree.", "We sell nothing, least of all what you tell us."))
    assert Counter(kind for kind, _, _ in story(before, after)) == {"removed": 2, "added": 2}


@pytest.mark.parametrize("size", [5_000, 100_000])
def test_a_text_of_many_passages_that_all_change_is_compared_in_bounded_work(size: int) -> None:
    if size == 100_000:
        before = "\n\n".join(f"line {at}" for at in range(size))
        after = "\n\n".join(f"line {at + 1}" for at in range(size))
        assert len(edits(before, after)) == 2
        return
    before = "\n\n".join(f"Clause {at} on topic {at * 7 % 1009} binds party {at % 97}." for at in range(size))
    after = "\n\n".join(f"Rule {at} about topic {at * 7 % 1009} frees group {at % 89}." for at in range(size))
    assert len(applied(passages(before), edits(before, after))) == size


def test_passages_that_repeat_without_end_are_compared_in_bounded_work() -> None:
    before = "\n\n".join("ab"[at % 2] for at in range(12_000))
    after = "\n\n".join("ba"[at % 2] for at in range(12_001))
    found = edits(before, after)
    assert applied(passages(before), found) == [passage.text for passage in passages(after)]


def test_a_line_without_end_is_compared_in_bounded_work() -> None:
    line = " ".join(f"word{at % 7919} tells{at % 31} of it" for at in range(60_000))
    (edit,) = edits(line, line.replace("tells3 ", "told3 "))
    assert edit.kind is EditKind.REWORDED
    other = " ".join(f"thing{at % 5003} if so" for at in range(60_000))
    assert Counter(kind for kind, _, _ in story(line, other)) == {"removed": 1, "added": 1}


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\u200f", "\u202eback\u202c", "\x1b[31m", "\ufeff"])
def test_odd_characters_are_compared_as_any_others(odd: str) -> None:
    (edit,) = edits(f"We keep {odd} your name.", f"We keep {odd} your age.")
    assert "".join(span.text for span in edit.words if span.op is not Op.INSERT) == edit.before_text
    assert [span.text for span in edit.words if span.op is Op.INSERT] == ["age"]


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\ufeff", "\u200b"])
def test_a_mark_nobody_sees_changes_no_word(mark: str) -> None:
    assert all(map(is_cosmetic, edits("We never sell it.", f"We {mark}never sell it.")))
