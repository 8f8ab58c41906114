"""How a change looks on a terminal without colour, in 80 columns."""

import io
from collections.abc import Sequence

from rich.console import Console

from clausewatch.cli.redlines import fact_table, print_change
from diffing.edit import Edit
from diffing.fact import FactName
from tests.support.changes import ADDED_SENTENCE, change, edit, fact, flag


def shown(edits: Sequence[Edit], *, only_flagged: bool = False) -> str:
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False)
    print_change(console, change(edits=edits, flags=[flag()]), "en", only_flagged=only_flagged)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_changed_words_are_marked_where_colour_is_not() -> None:
    assert "~ We [-never-] {+may+} sell data." in shown([edit("We never sell data.", "We may sell data.")])


def test_added_and_removed_passages_have_a_sign_and_the_headings_above_them() -> None:
    text = shown([edit(None, "We train models.", "2. Use", "2.6 AI"), edit("We do not.", None, "2. Use")])
    assert "  2. Use › 2.6 AI\n    + We train models." in text
    assert "  2. Use\n    - We do not." in text


def test_words_far_from_any_change_are_left_out() -> None:
    far = " ".join(f"word{number}" for number in range(40))
    text = shown([edit(f"{far} old {far}", f"{far} new {far}")])
    assert "[-old-] {+new+}" in text
    assert "word39" in text
    assert "word20" not in text


def test_marks_typed_by_the_page_do_not_look_like_ours() -> None:
    text = shown([edit("We {+ sell +} data now.", "We {+ sell +} data [-never-] now.")])
    redline = text[text.index("Redline") :]
    assert redline.count("{+") == 1
    assert redline.count("[-") == 0


def test_only_flagged_passages_are_shown_when_asked() -> None:
    edits = [edit("We may use data.", "We may train on data."), edit(None, ADDED_SENTENCE)]
    assert "Redline (2 of 2 edits)" in shown(edits)
    assert "Redline (1 of 2 edits)" in shown(edits, only_flagged=True)
    assert "private messages are not used" not in shown(edits, only_flagged=True)


def test_nothing_on_the_page_reaches_the_terminal_as_a_command() -> None:
    assert "\x1b" not in shown([edit(None, "red \x1b[31mtext\x1b]0;title\x07")])


def test_every_kind_of_fact_has_its_row() -> None:
    told = [fact(name, "value") for name in FactName]
    assert fact_table(told).row_count == len(FactName)


def test_every_fact_is_shown_with_its_label_once() -> None:
    text = shown([edit(None, "x")])
    for label in ("In effect from", "Opt out by", "Regions", "Left out", "How to opt out"):
        assert text.count(label) == 1
    assert "in the EEA and the UK " in text
