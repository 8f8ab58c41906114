"""Text written to be slow is judged in steps proportional to its length, in every topic and language.

Steps are calls counted by the interpreter, not seconds; `make bench` measures the seconds.
"""

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest
import yaml

from data import folder
from diffing.alignment import align
from diffing.flags import flags
from diffing.passages import passages
from diffing.topics import Topic, load_topics

TOPICS = load_topics((folder("topics"), folder("topics") / "examples"))
MOST = 20
"""How many times the steps of 10 kB the steps of 100 kB may be; 10 is proportional, 100 would be quadratic."""

WEIGHED = [
    "negation",
    "opt_out",
    "exception",
    "if_person",
    "wish",
    "person_acts",
    "aside",
    "contrast",
    "soft_restriction",
    "yours",
    "beforehand",
    "exclusive",
]
"""Classes of the grammar that are looked for around what a rule found."""


def wordings() -> Iterator[tuple[Topic, str]]:
    for topic in TOPICS:
        for language in topic.wordings:
            yield topic, language


def hostile(topic: Topic, language: str) -> tuple[str, str]:
    """What a rule looks for, and the same with what the grammar weighs it by."""
    files = (yaml.safe_load(path.read_text("utf-8")) for path in topic.files)
    words = next(file["languages"][language]["words"] for file in files if language in file["languages"])
    wording = topic.wordings[language]
    grammar = wording.grammar.words
    core = " ".join({**grammar, **words}[name][0] for name in wording.rules[-1 if len(wording.rules) < 4 else 0].core)
    hedged = " ".join(grammar[name][0] for name in WEIGHED if name in grammar)
    return core.replace("*", ""), f"{hedged} {core}".replace("*", "")


def steps(topic: Topic, language: str, text: str) -> int:
    """How many calls it takes to judge the text as new."""
    edits = align(passages(""), passages(text))
    count = 0

    def counting(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        flags(edits, (topic,), language=language, service="LinkedIn")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(("topic", "language"), [pytest.param(t, la, id=f"{t.name}-{la}") for t, la in wordings()])
def test_a_repeated_word_costs_no_more_than_its_length(topic: Topic, language: str) -> None:
    for words in hostile(topic, language):
        other, small, large = (f"{words} " * (size // (len(words) + 1)) for size in (9_000, 10_000, 100_000))
        steps(topic, language, other)  # What is remembered of single words is remembered now, of no whole text.
        least = steps(topic, language, small)
        assert least > 1000, "the text must get past the cues to be a test"
        assert steps(topic, language, large) <= MOST * least
