"""The quick look before a passage is read closely: it may say yes in vain, never no in vain."""

from itertools import product

import pytest

import data
from diffing.topics import load_topics
from diffing.topics.cues import Cues
from diffing.topics.tokens import tokens
from diffing.topics.topic import Topic

TOPICS = load_topics([data.folder("topics")])

GLUE = (
    " ", "-", "\n", "\u00a0", ", ", " 5 ", "(s) ", "\u2019s ", "' ", " https://example.org/a-b ", " www.example.org ",
    " \u201c", "\u200b ", " \u00df ", "HTTPS://X ", "xhttps://y ", "_", "2", "\u00b2",
)  # fmt: skip
"""What may stand between two words; most of it no phrase reaches across."""


def _spoken(topic: Topic, language: str) -> list[str]:
    """Texts that hold two phrases, one a class, with all kinds of things between their words."""
    wording = topic.wordings[language]
    words = {name: phrases[:: max(1, len(phrases) // 7)] for name, phrases in wording.cues.words.items()}
    cores = {(rule.core[0], rule.core[-1]) for rule in wording.rules if not rule.hangs}
    pairs = sorted({(one, other) for a, b in cores for one, other in zip(words[a], words[b], strict=False)})
    return [
        glue.join(f"\u00c9t\u00e9 {one} x {other}".replace("*", "ed").split())
        for (one, other), glue in product(pairs, GLUE)
    ]


@pytest.mark.parametrize(
    ("topic", "language"),
    [pytest.param(topic, language, id=f"{topic.name}-{language}") for topic in TOPICS for language in topic.wordings],
)
def test_what_holds_a_word_of_both_classes_is_never_passed_over(topic: Topic, language: str) -> None:
    wording = topic.wordings[language]
    checked = 0
    for text in _spoken(topic, language):
        found = tokens(text)
        names = {*wording.vocabulary.mentions(found), *wording.grammar.vocabulary.mentions(found)}
        if any({rule.core[0], rule.core[-1]} <= names for rule in wording.rules if not rule.hangs):
            checked += 1
            assert wording.cues.met(text), text
    assert checked


def test_most_of_what_a_policy_says_is_passed_over() -> None:
    cues = next(topic for topic in TOPICS if topic.name == "ai_training").wordings["en"].cues

    assert not cues.met("We store your address to send you what you ordered, and keep the invoice for ten years.")
    assert cues.met("We train our models on what you write.")


def test_a_phrase_counts_only_when_its_words_follow_one_another() -> None:
    cues = Cues({"ai": ["machine learning"]}, [("ai", "ai")])

    assert all(map(cues.met, ("Machine-Learning", "machine(s) learning", "machine's learning")))
    assert not any(map(cues.met, ("a machine that is learning", "machine learnings")))


def test_not_is_found_in_its_short_form() -> None:
    cues = Cues({"not": ["not used", "not sold"]}, [("not", "not")])

    assert all(map(cues.met, ("it isn\u2019t used", "it isn't sold")))
    assert not cues.met("it is used")


@pytest.mark.parametrize("memory", [1 << 10, 1 << 16, 1 << 20, 1 << 22, 1 << 23])
def test_a_vocabulary_too_large_to_look_for_at_once_passes_nothing_over(
    memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diffing.topics.cues.MEMORY", memory)
    known = TOPICS[0].wordings["en"].cues
    cues = Cues(known.words, [("train", "model"), ("train", "ai")])

    assert cues.met("We train our models on what you write.")
