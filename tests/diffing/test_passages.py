from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffing import context
from diffing.block import has_words, read
from diffing.context import DEEPEST
from diffing.passage import Passage, PassageKind
from diffing.passages import Passages, blocks, passages
from diffing.plain import _simply, _unmarked

SIGNS = ["===", "---", "##", "****", "**", "_", "\\", "[", "](/x)", "![", "<br>", "|", "(", ")", ">", ":", "`"]
WORDS = ["word", "Two words.", "é", "\u00ad", "\0", "&nbsp;", "<https://a.example>"]
LINES = ["\n", "\n\n", "\r\n", "*   ", "1.  ", "    ", "| --- | --- |", "| ", " |"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *LINES])
MARKDOWN = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80)


def only(markdown: str) -> Passage:
    (passage,) = passages(markdown)
    return passage


@given(st.text("a *[]()!\n_b/", max_size=24))
def test_simple_markup_is_read_as_any_other(markdown: str) -> None:
    links: list[str] = []
    others: list[str] = []
    simple, other = _simply(markdown, links), _unmarked(markdown, others)
    assert simple is None or (simple, links) == (other, others)


@given(MARKDOWN)
def test_blocks_joined_give_the_text_byte_for_byte(markdown: str) -> None:
    assert "\n".join(blocks(markdown)) == markdown


@given(MARKDOWN)
def test_every_passage_is_a_block_with_words(markdown: str) -> None:
    found = passages(markdown)
    assert [passage.markdown for passage in found] == [block for block in blocks(markdown) if read(block).kind]
    assert tuple(passage.markdown for passage in found) == found.markdown
    for passage in found:
        assert any(map(str.isalnum, passage.text))
        assert all(cell == " ".join(cell.split()) for cell in passage.text.split(" | "))


@given(MARKDOWN)
def test_words_are_told_without_reading_as_by_reading(markdown: str) -> None:
    assert all(has_words(block) == (read(block).kind is not None) for block in blocks(markdown))


@given(MARKDOWN)
def test_passages_know_the_line_they_start_on(markdown: str) -> None:
    lines, found = markdown.split("\n"), passages(markdown)
    for number, passage in enumerate(found):
        assert lines[found.line(number)] == passage.markdown.split("\n")[0]
        assert found.starting(found.line(number)) == number


@given(MARKDOWN, MARKDOWN, MARKDOWN, MARKDOWN)
def test_passages_read_beside_a_text_like_it_are_those_read_alone(head: str, one: str, other: str, tail: str) -> None:
    alone, beside = Passages(head + one + tail), Passages(head + one + tail)
    beside.begin(Passages(head + other + tail))

    assert tuple(beside) == tuple(alone)
    assert beside.markdown == alone.markdown
    assert [beside.line(number) for number in range(len(beside))] == [
        alone.line(number) for number in range(len(alone))
    ]


@pytest.mark.parametrize(
    ("markdown", "kind", "text"),
    [
        ("Your privacy\n============", PassageKind.HEADING, "Your privacy"),
        ("Your privacy\r\n-----------\r", PassageKind.HEADING, "Your privacy"),
        ("### Your **privacy** ###", PassageKind.HEADING, "Your privacy"),
        ("Plain words", PassageKind.PARAGRAPH, "Plain words"),
        ("> quoted words", PassageKind.PARAGRAPH, "quoted words"),
        ("#hashtag", PassageKind.PARAGRAPH, "#hashtag"),
        ("-5 degrees", PassageKind.PARAGRAPH, "-5 degrees"),
        ("1\\. not a list", PassageKind.PARAGRAPH, "1. not a list"),
        ("*   an item", PassageKind.ITEM, "an item"),
        ("    12)  an item", PassageKind.ITEM, "an item"),
        ("| a | **b** |  | d\\|e |", PassageKind.ROW, "a | b |  | d|e"),
        ("**bold**, _leaning_, `code` and ~~gone~~", PassageKind.PARAGRAPH, "bold, leaning, code and gone"),
        ("snake_case and 2 * 3", PassageKind.PARAGRAPH, "snake_case and 2 * 3"),
        ("\\*starred\\* and \\_lined\\_", PassageKind.PARAGRAPH, "*starred* and _lined_"),
        ("one<br>two<br/>three<sup>4</sup>", PassageKind.PARAGRAPH, "one two three4"),
        ("a&nbsp;b &amp; c &copy", PassageKind.PARAGRAPH, "a b & c &copy"),
        ("cafe\u0301 in\u00adter\u200best", PassageKind.PARAGRAPH, "café interest"),
        ("![a logo](x.png) We", PassageKind.PARAGRAPH, "We"),
        ("opened above](/a)", PassageKind.PARAGRAPH, "opened above"),
        ("a < b and c > d", PassageKind.PARAGRAPH, "a < b and c > d"),
        ("note [1] and [unclosed", PassageKind.PARAGRAPH, "note [1] and [unclosed"),
    ],
)
def test_a_block_is_read_for_its_kind_and_words(markdown: str, kind: PassageKind, text: str) -> None:
    passage = only(markdown)
    assert (passage.kind, passage.text, passage.markdown) == (kind, text, markdown)


@pytest.mark.parametrize(
    ("markdown", "links"),
    [
        ("See [this](https://a.example/x_(y)?z=1)", ("https://a.example/x_(y)?z=1",)),
        ('[a](/a "title") and [b](</b c>)', ("/a", "/b c")),
        ("[![logo](logo.png) home](/home)", ("/home",)),
        ("<https://a.example> or <me@a.example>", ("https://a.example", "me@a.example")),
        ("| [a](/a) | [b](/b) |", ("/a", "/b")),
        ("[**bold** [1]](/x)", ("/x",)),
        ("word [](/empty)", ("/empty",)),
        ("opened above](/a)", ("/a",)),
    ],
)
def test_link_targets_stand_apart_in_order(markdown: str, links: tuple[str, ...]) -> None:
    assert only(markdown).links == links


@pytest.mark.parametrize(
    "markdown", ["* * *", "---", "![x](y)", "[](/x)", "|  |  |", "| --- |", "](/x)", "1.", "\u200b", "©", "##"]
)
def test_a_block_without_words_is_no_passage(markdown: str) -> None:
    assert len(passages(f"word\n\n{markdown}\n\nword")) == 2


def test_headings_above_make_the_section() -> None:
    found = passages("Policy\n======\n\nOpening\n\n### Deep\n\na\n\nSharing\n-------\n\nb\n\n#### Partners\n\nc")
    assert {passage.text: passage.section for passage in found} == {
        "Policy": (),
        "Opening": ("Policy",),
        "Deep": ("Policy",),
        "a": ("Policy", "Deep"),
        "Sharing": ("Policy",),
        "b": ("Policy", "Sharing"),
        "Partners": ("Policy", "Sharing"),
        "c": ("Policy", "Sharing", "Partners"),
    }


def test_items_hang_from_the_sentence_that_opens_the_list_and_the_items_above() -> None:
    found = passages(
        "Read this. We do not use:\n\n*   your posts\n*   your data:\n    *   your name\n\n        More on names.\n\n"
        "        *   nicknames\n    *   your age\n*   your mail\n\nThat is all.\n\n*   loose"
    )
    assert [(passage.text, passage.stem) for passage in found if passage.kind is PassageKind.ITEM] == [
        ("your posts", ("We do not use:",)),
        ("your data:", ("We do not use:",)),
        ("your name", ("We do not use:", "your data:")),
        ("nicknames", ("We do not use:", "your data:", "your name")),
        ("your age", ("We do not use:", "your data:")),
        ("your mail", ("We do not use:",)),
        ("loose", ()),
    ]


def test_a_tree_without_end_hangs_from_its_nearest_items() -> None:
    found = passages("\n".join(f"{' ' * depth}*   item {depth}" for depth in range(2_000)))
    assert [len(passage.stem) for passage in found][-1] == DEEPEST
    assert found[-1].stem[-1] == "item 1998"


def test_a_heading_ends_a_list() -> None:
    assert passages("We use:\n\n## New\n\n*   item")[2].stem == ()


def test_rows_hang_from_the_heads_of_their_columns() -> None:
    found = passages("| Purpose | Data |\n| --- | --- |\n| ads | posts |\n\n| a | b |")
    assert [passage.stem for passage in found] == [(), ("Purpose", "Data"), ()]


def test_a_table_with_a_blank_head_takes_its_first_bold_row() -> None:
    found = passages("|     |     |\n| --- | --- |\n| **Purpose** | **Data** |\n| ads | posts |")
    assert [passage.stem for passage in found] == [(), ("Purpose", "Data")]


def test_a_table_with_a_blank_head_and_plain_rows_has_no_heads() -> None:
    found = passages("|     |     |\n| --- | --- |\n| ads | posts |\n| mail | names |")
    assert [passage.stem for passage in found] == [(), ()]


@pytest.mark.parametrize("unit", ["[", "](", "](a", "*", "_", "<", "<a", "|", "`", "\\", "&", "&a", "#", "> ", "!["])
def test_a_long_run_of_one_sign_is_read_in_linear_time(unit: str) -> None:
    markdown = unit * 100_000
    assert "\n".join(blocks(markdown)) == markdown
    assert len(passages(markdown)) <= 1
    assert len(passages(f"a {markdown} b")) == 1


@pytest.mark.parametrize("unit", ["word ", "[a](/b) ", "**a** ", "a<br>", "| a "])
def test_one_line_of_ten_megabytes_is_one_passage(unit: str) -> None:
    line = unit * (2_000_000 // len(unit))
    assert only(line).markdown == line


def test_the_passages_of_a_slice_are_those_at_its_places() -> None:
    found = passages("a\n\nb\n\nc")
    assert [passage.text for passage in found[1:]] == ["b", "c"]
    assert found[-1].text == "c"
    with pytest.raises(IndexError):
        found[3]


@given(MARKDOWN, st.randoms(use_true_random=False))
def test_a_passage_is_the_same_whichever_is_read_first(markdown: str, chance: Random) -> None:
    in_order, mixed = Passages(markdown), Passages(markdown)
    places = list(range(len(mixed)))
    chance.shuffle(places)
    for place in places:
        assert mixed[place] == Passages(markdown)[place]

    assert tuple(in_order) == tuple(mixed)


def test_lists_asked_about_in_turn_are_each_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    hang = context._Tree.hang

    def noting(tree: context._Tree, block: str, at: int) -> tuple[int, ...]:
        read.append(at)
        return hang(tree, block, at)

    monkeypatch.setattr(context._Tree, "hang", noting)
    markdown = "We use:\n\n" + "*   one\n" * 40 + "\nWe share:\n\n" + "*   two\n" * 40
    found = Passages(markdown)

    stems = [found[start + at].stem for at in range(40) for start in (1, 42)]

    assert stems == [("We use:",), ("We share:",)] * 40
    assert len(read) == len(set(read))
