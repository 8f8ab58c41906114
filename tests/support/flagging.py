"""Flags between two short texts, for tests."""

from functools import lru_cache

from data import folder
from diffing.alignment import align
from diffing.flag import Flag
from diffing.flags import flags
from diffing.passage import Passage, PassageKind
from diffing.passages import passages
from diffing.topics import Statement, Topic, load_topics, statements


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The topics that ship."""
    return load_topics((folder("topics"),))


def topic(name: str) -> Topic:
    return next(topic for topic in topics() if topic.name == name)


def flagged(before: str, after: str, *, language: str = "en", service: str = "Examplar") -> tuple[Flag, ...]:
    """The flags between two Markdown texts."""
    old, new = passages(before), passages(after)
    return flags(align(old, new), topics(), language=language, service=service, before=old, after=new)


def said(
    text: str,
    name: str = "ai_training",
    *,
    language: str = "en",
    stem: str = "",
    section: str = "",
    service: str = "Examplar",
) -> tuple[Statement, ...]:
    """The statements of one paragraph, or of an item under a stem."""
    passage = Passage(
        kind=PassageKind.ITEM if stem else PassageKind.PARAGRAPH,
        markdown=text,
        text=text,
        stem=(stem,) if stem else (),
        section=(section,) if section else (),
    )
    return statements(passage, topic(name), language, service)


def stances(text: str, language: str, name: str = "ai_training") -> set[str]:
    """What a Markdown text says about a topic, sentence by sentence."""
    return {
        statement.stance.value
        for passage in passages(text)
        for statement in statements(passage, topic(name), language, "Examplar")
    }
