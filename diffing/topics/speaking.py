"""Speaking: which topics a passage speaks of, read by itself, without what stands around it."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from diffing.passage import Passage, PassageKind
from diffing.topics.loader import load_topics, topic_files
from diffing.topics.reader import statements
from diffing.topics.statement import Statement
from diffing.topics.topic import Topic


class Speaking:
    """Reads passages by the topics of some files and folders. The topics are loaded when the first one is read."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = tuple(places)

    @cached_property
    def mark(self) -> str:
        """Changes when a topic does. Raises UnreadableTopic."""
        state = hashlib.blake2b(digest_size=8)
        for path in topic_files(self._places):
            state.update(path.name.encode() + b"\0" + path.read_bytes())
        return state.hexdigest()

    @cached_property
    def _topics(self) -> Mapping[str, Topic]:
        return {topic.name: topic for topic in load_topics(self._places)}

    def of(self, text: str, kind: PassageKind, language: str, service: str) -> tuple[str, ...]:
        """The topics that a passage of these words says something about. Raises a TopicError for a malformed topic."""
        passage = Passage(kind=kind, markdown=text, text=text, section=())
        return tuple(
            name
            for name, topic in self._topics.items()
            if any(one.telling for one in _read(passage, topic, language, service))
        )

    def evidence(self, text: str, topic: str, language: str, service: str) -> str:
        """The words of a passage that carry its first statement; "" when it makes none by itself."""
        passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text, section=())
        found = _read(passage, self._topics[topic], language, service) if topic in self._topics else ()
        return next((text[one.start : one.end] for one in found), "")


def _read(passage: Passage, topic: Topic, language: str, service: str) -> tuple[Statement, ...]:
    """The statements; nearly all passages are told at a glance to make none."""
    wording = topic.wordings.get(language or "en")
    if wording is None or not wording.may_speak(passage.text, passage):
        return ()
    return statements(passage, topic, language, service)
