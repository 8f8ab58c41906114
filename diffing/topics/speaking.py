"""Speaking: which topics a passage speaks of, read by itself, without what stands around it."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from diffing.passage import Passage, PassageKind
from diffing.topics.errors import TopicError
from diffing.topics.loader import load_topics, topic_files
from diffing.topics.reader import FALLBACK, statements
from diffing.topics.statement import Statement
from diffing.topics.topic import Topic


class Speaking:
    """Reads passages by the topics of some files and folders, as they stand: what changes there holds at once.

    The topics are loaded when the first passage is read.
    """

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = tuple(places)
        self._stamp: object = None
        self._mark = ""
        self._topics: Mapping[str, Topic] | None = None

    @property
    def mark(self) -> str:
        """Changes when a topic does; "" when a file cannot be opened."""
        try:
            paths = topic_files(self._places)
            stamp = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths]
            if stamp != self._stamp:
                state = hashlib.blake2b(digest_size=8)
                for path in paths:
                    state.update(path.name.encode() + b"\0" + path.read_bytes())
                self._stamp, self._mark, self._topics = stamp, state.hexdigest(), None
        except (TopicError, OSError):
            self._stamp, self._mark, self._topics = None, "", None
        return self._mark

    @property
    def readable(self) -> bool:
        """Whether the topics are as they should be. Who cannot read them reads none, and says so elsewhere."""
        return self._loaded() is not None

    def of(self, text: str, kind: PassageKind, language: str, service: str) -> tuple[str, ...]:
        """The topics that a passage of these words says something about; none when they are not readable."""
        passage = Passage(kind=kind, markdown=text, text=text, section=())
        return tuple(
            name
            for name, topic in (self._topics or {}).items()
            if any(one.telling for one in _read(passage, topic, language, service))
        )

    def evidence(self, text: str, topic: str, language: str, service: str) -> str:
        """The words of a passage that carry its first statement; "" when it makes none by itself."""
        passage = Passage(kind=PassageKind.PARAGRAPH, markdown=text, text=text, section=())
        topics = self._loaded() or {}
        found = _read(passage, topics[topic], language, service) if topic in topics else ()
        return next((text[one.start : one.end] for one in found), "")

    def _loaded(self) -> Mapping[str, Topic] | None:
        if self.mark and self._topics is None:
            try:
                self._topics = {topic.name: topic for topic in load_topics(self._places)}
            except TopicError:
                return None
        return self._topics


def _read(passage: Passage, topic: Topic, language: str, service: str) -> tuple[Statement, ...]:
    """The statements; nearly all passages are told at a glance to make none."""
    wording = topic.wordings.get(language or FALLBACK)
    if wording is None or not wording.may_speak(passage.text, passage):
        return ()
    return statements(passage, topic, language, service)
