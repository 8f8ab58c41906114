from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diffing.edit import Op, Span
from diffing.redline import readable
from diffing.tokens import tokens
from diffing.words import word_edits

WORDS = st.sampled_from(["we ", "sell", "sell ", "your ", "data", ". ", ", ", "and ", "don’t ", "never ", "| ", "ads "])
TEXTS = st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=60)
LONG_TEXTS = st.lists(WORDS, min_size=80, max_size=200).map(lambda words: " " + "".join(words))


def told(before: str, after: str) -> str:
    marks = {Op.KEEP: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "[+{}+]"}
    return "".join(marks[span.op].format(span.text) for span in word_edits(before, after))


def side(spans: tuple[Span, ...], absent: Op) -> str:
    return "".join(span.text for span in spans if span.op is not absent)


@given(TEXTS | LONG_TEXTS, TEXTS | LONG_TEXTS)
def test_word_edits_hold_both_texts(before: str, after: str) -> None:
    spans = word_edits(before, after)
    assert side(spans, Op.INSERT) == before
    assert side(spans, Op.DELETE) == after


@given(TEXTS | LONG_TEXTS, TEXTS | LONG_TEXTS)
def test_word_edits_never_cut_a_word(before: str, after: str) -> None:
    spans = word_edits(before, after)
    for absent, text in ((Op.INSERT, before), (Op.DELETE, after)):
        ends = {0}
        at = 0
        for token in tokens(text):
            ends |= {at + len(token.rstrip()), at + len(token)}
            at += len(token)
        at = 0
        for span in spans:
            if span.op is not absent:
                at += len(span.text)
                assert at in ends


@given(TEXTS | LONG_TEXTS, TEXTS | LONG_TEXTS)
def test_word_edits_have_no_empty_or_doubled_runs_and_delete_before_they_insert(before: str, after: str) -> None:
    ops = [span.op for span in word_edits(before, after)]
    assert all(span.text for span in word_edits(before, after))
    pairs = list(pairwise(ops))
    assert all(one is not other for one, other in pairs)
    assert (Op.INSERT, Op.DELETE) not in pairs


@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_word_edits(before: str, after: str) -> None:
    assert word_edits(before, after) == word_edits(before, after)


@given(st.text(max_size=200))
def test_an_unchanged_text_is_kept_whole(text: str) -> None:
    assert word_edits(text, text) == ((Span(op=Op.KEEP, text=text),) if text else ())


@given(st.text(max_size=200))
def test_tokens_joined_give_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("before", "after", "redline"),
    [
        ("We sell data.", "We do not sell data.", "We [+do not +]sell data."),
        ("We use ads.", "We use ads, unless you object.", "We use ads[+, unless you object+]."),
        ("any third-party ads", "any first-party ads", "any [-third-party -][+first-party +]ads"),
        ("Since 3 May 2024", "Since 14 June 2025", "Since [-3 May 2024-][+14 June 2025+]"),
        (
            "We keep logs. We keep mail.",
            "We keep logs. We keep names. We keep mail.",
            "We keep logs. [+We keep names. +]We keep mail.",
        ),
        ("names, ages and posts", "names, ages, and posts", "names, ages[+,+] and posts"),
        ("names, ages, and posts", "names, ages and posts", "names, ages[-,-] and posts"),
        ("We use ads. And posts", "We use ads, and posts", "We use ads[-. And -][+, and +]posts"),
        ("Ads | Yes | Consent", "Ads | No | Consent", "Ads | [-Yes -][+No +]| Consent"),
        ("Ads | Yes | No", "Ads | No | Yes", "Ads | [-Yes -][+No +]| [-No-][+Yes+]"),
        ("id | 1 day | ads | us", "id | 1 year | ads", "id | 1 [-day -][+year +]| ads[- | us-]"),
        ("id |  | ads", "id | you | ads", "id | [+you+] | ads"),
        (
            "we may share it with partners",
            "we will give it to partners",
            "we [-may share it with -][+will give it to +]partners",
        ),
        (
            "l'achat d'un Contenu Musical, l'usage d'autrui",
            "l’achat d’un Contenu, l’usage d’autrui",
            "[-l'achat d'un -][+l’achat d’un +]Contenu[- Musical-], [-l'usage d'autrui-][+l’usage d’autrui+]",
        ),
        (
            "write to https://www.nord.test/privacy/eu, or call",
            "write to https://nord.test/datenschutz, or call",
            "write to [-https://www.nord.test/privacy/eu-][+https://nord.test/datenschutz+], or call",
        ),
        ("個人情報を共有します", "個人情報を共有しません", "個人情報を共有しま[-す-][+せん+]"),
    ],
)
def test_a_redline_reads_like_one(before: str, after: str, redline: str) -> None:
    assert told(before, after) == redline


@pytest.mark.parametrize(
    ("before", "after", "redline"),
    [
        ('the owner\'s "data" - all', "the owner’s “data” – all", "the owner’s “data” – all"),
        ("l'achat d'un Contenu Musical", "l’achat d’un Contenu", "l’achat d’un Contenu[- Musical-]"),
        ("One's own. Two.\nThree.", "One’s own. Two. Three.", "One’s own. Two.[-¶-][+ +]Three."),
        ("Two. Three.", "Two.\nThree.", "Two.[- -][+¶ +]Three."),
        ("we sell", "We don't sell", "[-we -][+We don't +]sell"),
    ],
)
def test_a_redline_for_people_passes_over_the_shape_of_quotes_and_dashes(before: str, after: str, redline: str) -> None:
    marks = {Op.KEEP: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "[+{}+]"}
    assert "".join(marks[span.op].format(span.text) for span in readable(word_edits(before, after))) == redline


@given(TEXTS | LONG_TEXTS, TEXTS | LONG_TEXTS)
def test_a_redline_for_people_holds_the_new_text(before: str, after: str) -> None:
    spans = readable(word_edits(before, after))
    assert side(spans, Op.DELETE) == after.replace("\n", "¶ ")
    assert all(span.text for span in spans)


def test_a_long_passage_is_compared_sentence_by_sentence() -> None:
    sentences = [f"Clause {n} says that item {n} goes to the party numbered {n} under rule {n * 7}." for n in range(60)]
    changed = [*sentences[:20], "Nobody else gets any of this.", *sentences[20:40], *sentences[45:]]
    assert told(" ".join(sentences), " ".join(changed)) == (
        " ".join(sentences[:20])
        + " [+Nobody else gets any of this. +]"
        + " ".join(sentences[20:40])
        + " [-"
        + " ".join(sentences[40:45])
        + " -]"
        + " ".join(sentences[45:])
    )


def test_words_without_end_are_compared_in_bounded_work() -> None:
    before = " ".join(f"w{n % 7919}" for n in range(60_000))
    after = before.replace("w77 ", "x ")
    spans = word_edits(before, after)
    assert side(spans, Op.INSERT) == before
    assert side(spans, Op.DELETE) == after
