"""How a change looks on a terminal without colour, in 80 columns."""

import io
from collections.abc import Sequence

from rich.console import Console

from clausewatch.cli.change_report import change_report
from clausewatch.report.text import print_text, text
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from tests.support.changes import ADDED_SENTENCE, FACTS, change, edit, fact, flag, passage


def shown(edits: Sequence[Edit], *, facts: Sequence[Fact] = FACTS, only_flagged: bool = False) -> str:
    return text(change_report(change(edits=edits, flags=[flag()], facts=facts), "en", only_flagged=only_flagged))


def redline(edits: Sequence[Edit]) -> str:
    told = shown(edits)
    return told[told.index("Redline") :]


def test_changed_words_are_marked_where_colour_is_not() -> None:
    assert "~ We [-never-] {+may+} sell data." in shown([edit("We never sell data.", "We may sell data.")])


def test_added_and_removed_passages_have_a_sign_and_the_headings_above_them() -> None:
    text = redline([edit(None, "We train models.", "2. Use", "2.6 AI"), edit("We do not.", None, "2. Use")])
    assert text == "Redline (2 edits)\n2. Use › 2.6 AI\n+ We train models.\n\n2. Use\n- We do not.\n"


def test_a_paragraph_that_the_page_marks_as_a_heading_is_shortened() -> None:
    lines = redline(
        [edit(None, "We train models.", "Our services are not directed to people under 18. " * 9)]
    ).splitlines()
    assert len(lines) == 4
    assert lines[2].endswith("…")


def test_lines_of_a_passage_hang_under_its_first_word() -> None:
    _, _, first, *others = redline([edit(None, "We train models on posts. " * 8)]).splitlines()
    assert first.startswith("+ We train")
    assert len(others) == 2
    assert all(line.startswith("  ") and not line.startswith("   ") for line in others)


def test_words_far_from_any_change_are_left_out() -> None:
    far = " ".join(f"word{number}" for number in range(40))
    text = shown([edit(f"{far} old {far}", f"{far} new {far}")])
    assert "[-old-] {+new+}" in text
    assert "word39" in text
    assert "word20" not in text


def test_marks_typed_by_the_page_do_not_look_like_ours() -> None:
    text = redline([edit("We {+ sell +} data now.", "We {+ sell +} data [-never-] now.")])
    assert text.count("{+") == 1
    assert text.count("[-") == 0


def test_only_flagged_passages_are_shown_when_asked() -> None:
    edits = [edit("We may use data.", "We may train on data."), edit(None, ADDED_SENTENCE)]
    assert "Redline (2 edits)" in shown(edits)
    assert "Redline (1 of 2 edits)" in shown(edits, only_flagged=True)
    assert "private messages are not used" not in shown(edits, only_flagged=True)


def test_nothing_on_the_page_reaches_the_terminal_as_a_command() -> None:
    assert "\x1b" not in shown([edit(None, "red \x1b[31mtext\x1b]0;title\x07")])


def test_what_was_taken_out_and_put_in_has_its_colour_on_a_terminal() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, color_system="standard", force_terminal=True)
    edits = [edit("We never sell data.", "We may sell data."), edit(None, "We train models.")]
    print_text(console, change_report(change(edits=edits), "en"))
    for coloured in ("\x1b[9;31m[-never-]", "\x1b[32m{+may+}", "\x1b[32mWe train models."):
        assert coloured in out.getvalue()


def test_every_kind_of_fact_has_its_row() -> None:
    facts = [fact(name, "value", quote=f"quote of {name}") for name in FactName]
    told = shown([edit(None, "x")], facts=facts)
    assert all(told.count(f"“quote of {name}”") == 1 for name in FactName)


def test_every_fact_is_shown_with_its_label_once() -> None:
    text = shown([edit(None, "x")])
    for label in ("In effect from", "Opt out by", "Regions", "Left out", "How to opt out"):
        assert text.count(label) == 1
    assert "in the EEA and the UK " in text


def test_two_ways_out_stand_below_each_other() -> None:
    ways = [fact(FactName.OPT_OUT_URL, f"https://platform.example/{name}") for name in ("posts", "ads")]
    lines = [line.split() for line in shown([edit(None, "x")], facts=ways).splitlines()]
    assert ["Opt-out", "page", "https://platform.example/posts", "“quote”"] in lines
    assert ["https://platform.example/ads"] in lines


def test_clauses_that_were_only_numbered_or_dressed_anew_are_counted_and_not_drawn() -> None:
    edits = [
        edit("We never sell data.", "We may sell data."),
        edit("2.2 We keep your posts.", "2.3 We keep your posts."),
        edit("The owner's posts.", "The owner’s posts."),
    ]
    told = text(change_report(change(edits=edits), "en"))
    assert "Redline (1 of 3 edits)" in told
    assert "keep your posts" not in told
    assert told.endswith("\n\n2 more passages differ only in numbering or punctuation.\n")
    assert "~ [-2.2-] {+2.3+} We keep your posts." in text(change_report(change(edits=edits[1:]), "en"))


def test_a_word_that_became_a_defined_term_is_drawn() -> None:
    edits = [edit("We never sell data.", "We may sell data."), edit("our affiliates", "our Affiliates")]
    assert "~ our [-affiliates-] {+Affiliates+}" in redline(edits)


def test_a_clause_that_moved_says_from_where_and_is_not_told_whole() -> None:
    long = "We keep your posts, " * 40
    moved = Edit(
        kind=EditKind.MOVED,
        before=passage(long, "1. Use", "1.2 Posts"),
        after=passage(long, "4. Keeping"),
        before_index=3,
        after_index=9,
    )
    told = redline([moved])
    assert "4. Keeping\n> We keep your posts," in told
    assert " ".join(told.split()).endswith("… (moved from 1. Use › 1.2 Posts)")
    assert len(told) < 400


def test_marks_stand_around_words_and_not_around_white_space() -> None:
    told = redline([edit("Microsoft, including its affiliates", "Microsoft and its affiliates")])
    assert "Microsoft[-, including-] {+and+} its affiliates" in told
    joined = edit("We use it. And more", "We use it.\nAnd more", "1. Use")
    assert "We use it. {+¶+} And more" in redline([joined])
    assert "We use it.[-¶-] And more" in redline([edit("We use it.\nAnd more", "We use it. And more", "1. Use")])


def test_several_dates_stand_in_their_order() -> None:
    days = [fact(FactName.EFFECTIVE_DATE, day, quote=f"on {day}") for day in ("2026-03-01", "2025-11-03")]
    told = " ".join(shown([edit(None, "x")], facts=days).split())
    assert "In effect from 2025-11-03, 2026-03-01 “on 2025-11-03”" in told
