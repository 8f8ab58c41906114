"""Loader: topics and languages from YAML files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from pathlib import Path

import yaml

from data import folder
from data.reading import parsed
from diffing.flag import Stance
from diffing.topics.cues import Cues
from diffing.topics.errors import DuplicateTopic, MalformedTopic, TopicError, UnreadableTopic
from diffing.topics.grammar import CLASSES, FREE, OPTIONAL, SHARED, Grammar
from diffing.topics.replies import Replies
from diffing.topics.tokens import fold
from diffing.topics.topic import Rule, Topic, Wording
from diffing.topics.vocabulary import LEAST_PREFIX, Vocabulary

_KEYS = """
name core reach order between_not through needs under below answers most without unless cells stance services
not_services
"""
RULE_KEYS = frozenset(_KEYS.split())

MOST_SPELLED = 1000
"""Phrases one phrase with alternatives may stand for."""

REMEMBERED = 64
"""Topic files that give the very same topic when they are read again unchanged: what was remembered of passages by a
topic stays of use, and no second copy of its words is kept beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The topics that can be used, in the order they were read, and what is wrong with the other files."""

    topics: tuple[Topic, ...]
    problems: tuple[TopicError, ...]


def load_topics(places: Sequence[Path]) -> tuple[Topic, ...]:
    """Read topic files, and every `*.yaml` of folders, in order of name within a folder.

    Files of one name make one topic as long as each gives other languages. Raises UnreadableTopic, MalformedTopic
    (file, key, what to do) or DuplicateTopic.
    """
    loaded = examine(places)
    if loaded.problems:
        raise loaded.problems[0]
    return loaded.topics


def examine(places: Sequence[Path]) -> Loaded:
    """The same without stopping at the first mistake: what is right and what is wrong."""
    topics: dict[str, Topic] = {}
    problems: list[TopicError] = []
    for place in places:
        try:
            paths = _files(place)
        except TopicError as error:
            problems.append(error)
            continue
        for path in paths:
            try:
                topic = _topic(path, _text(path))
                topics[topic.name] = _joined(topics[topic.name], topic) if topic.name in topics else topic
            except TopicError as error:
                problems.append(error)
    return Loaded(topics=tuple(topics.values()), problems=tuple(problems))


def topic_files(places: Sequence[Path]) -> list[Path]:
    """The files that `load_topics` would read of these places, in order. Raises UnreadableTopic."""
    return [path for place in places for path in _files(place)]


def _files(place: Path) -> Sequence[Path]:
    if place.is_file():
        return (place,)
    if not place.is_dir():
        raise UnreadableTopic(str(place), "is neither a folder nor a file", "correct the path")
    return sorted(place.glob("*.yaml"))


def _joined(one: Topic, more: Topic) -> Topic:
    if not one.wordings.keys().isdisjoint(more.wordings):
        raise DuplicateTopic(str(more.files[0]), f'topic "{more.name}" is declared twice', "rename one of them")
    return Topic(
        name=one.name,
        title={**more.title, **one.title},
        wordings={**one.wordings, **more.wordings},
        files=one.files + more.files,
    )


@lru_cache(maxsize=1)
def grammars() -> Mapping[str, Grammar]:
    """The languages shipped in data/languages, by ISO 639-1 code."""
    return {grammar.language: grammar for grammar in map(_grammar, sorted(folder("languages").glob("*.yaml")))}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UnreadableTopic(str(path), f"cannot be read ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        raise _no_yaml(path, error) from error


def _root(path: Path, text: str) -> "_Node":
    try:
        return _Node(path, "", parsed(text))
    except yaml.YAMLError as error:
        raise _no_yaml(path, error) from error


def _no_yaml(path: Path, error: Exception) -> UnreadableTopic:
    what = " ".join(str(error).split())[:200]
    return UnreadableTopic(str(path), f"is not YAML ({what})", "correct it or remove it")


class _Node:
    """A value in a YAML file, with the way to it for error messages."""

    def __init__(self, path: Path, key: str, value: object) -> None:
        self.path, self.key, self.value = path, key, value

    def wrong(self, what: str, todo: str) -> MalformedTopic:
        return MalformedTopic(str(self.path), f'key "{self.key}" {what}' if self.key else what, todo)

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def get(self, key: str) -> "_Node":
        if not self.has(key):
            raise self.wrong(f'has no "{key}"' if self.key else f'has no key "{key}"', "add it; see docs/topics.md")
        assert isinstance(self.value, dict)
        return _Node(self.path, f"{self.key}.{key}".lstrip("."), self.value[key])

    def items(self) -> Iterator[tuple[str, "_Node"]]:
        if not isinstance(self.value, dict) or not all(isinstance(key, str) for key in self.value):
            raise self.wrong("is not a mapping", "write it as names with values; see docs/topics.md")
        for key in self.value:
            yield key, self.get(key)

    def each(self) -> Iterator["_Node"]:
        if not isinstance(self.value, list):
            raise self.wrong("is not a list", "write it as a list; see docs/topics.md")
        for index, value in enumerate(self.value):
            yield _Node(self.path, f"{self.key}[{index}]", value)

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"is {self.value!r}, not text", "write it in quotes")
        return self.value.strip()

    def texts(self) -> tuple[str, ...]:
        return tuple(node.text() for node in self.each())

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong(f"is {self.value!r}", "write true or false")
        return self.value

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value <= 100:
            raise self.wrong(f"is {self.value!r}", "give a whole number from 0 to 100")
        return self.value


def _phrases(node: _Node) -> tuple[str, ...]:
    phrases = tuple(spelled for phrase in node.texts() for spelled in _alternatives(node, phrase))
    for phrase in phrases:
        for part in phrase.split():
            if "*" in part[:-1] or (part.endswith("*") and len(part) <= LEAST_PREFIX):
                raise node.wrong(
                    f'holds "{phrase}"', f"put the star at the end of a word, after {LEAST_PREFIX} letters or more"
                )
    return phrases


def _alternatives(node: _Node, phrase: str) -> Iterator[str]:
    """The phrases that "users/members may/must not" stands for; "_" is a space inside an alternative."""
    places = [part.split("/") for part in phrase.split()]
    if prod(map(len, places)) > MOST_SPELLED:
        raise node.wrong(f'holds "{phrase}"', f"write it as several phrases of {MOST_SPELLED} alternatives at most")
    return (" ".join(words).replace("_", " ") for words in product(*places))


def _grammar(path: Path) -> Grammar:
    root = _root(path, _text(path))
    given = root.get("words")
    words = {name: _phrases(given.get(name)) for name in (*CLASSES, *filter(given.has, OPTIONAL))}
    light = frozenset(fold(word) for word in words["light"])
    excepting = frozenset(fold(word) for word in words["excepting"])
    joining = frozenset(fold(word) for word in words.get("joining", ()))
    sought = {name: phrases for name, phrases in words.items() if name not in ("light", "excepting", "joining")}
    return Grammar(
        language=root.get("language").text(),
        words=words,
        vocabulary=Vocabulary(sought, apart=False, free=FREE),
        light=light,
        excepting=excepting,
        joining=joining,
        replies=Replies((*words.get("assent", ()), *words.get("refusal", ()))),
    )


@lru_cache(maxsize=REMEMBERED)
def _topic(path: Path, text: str) -> Topic:
    root = _root(path, text)
    for key, node in root.items():
        if key not in ("name", "title", "languages"):
            raise node.wrong("is unknown", "remove it; the keys are name, title and languages")
    name = root.get("name").text()
    if not name.isidentifier():
        raise root.get("name").wrong(f'is "{name}"', "use letters, digits and underscores")
    title = {language: node.text() for language, node in root.get("title").items()}
    wordings = {language: _wording(name, language, node) for language, node in root.get("languages").items()}
    return Topic(name=name, title=title, wordings=wordings, files=(path,))


def _wording(topic: str, language: str, node: _Node) -> Wording:
    grammar = grammars().get(language)
    if grammar is None:
        raise node.wrong("is no language known here", f"use one of {', '.join(sorted(grammars()))}")
    words = {name: _phrases(each) for name, each in node.get("words").items()}
    for name in words:
        if name in SHARED:
            raise node.get("words").get(name).wrong("is a word class of the language", "give yours another name")
    telling = _optional(node, "telling", words)
    rules = tuple(_rule(f"{topic}.{language}", each, words) for each in node.get("rules").each())
    known = {**{name: grammar.words.get(name, ()) for name in SHARED}, **words}
    alone = [(rule.core[0], rule.core[-1]) for rule in rules if not rule.hangs]
    over = [(rule.under[0], rule.under[-1]) for rule in rules if rule.under]
    return Wording(
        grammar=grammar,
        vocabulary=Vocabulary(words, apart=True, free=_optional(node, "beside", words)),
        rules=rules,
        cues=Cues(known, alone),
        below=Cues(known, ((rule.core[0], rule.core[-1]) for rule in rules if rule.hangs and not rule.answers)),
        heads=Cues(known, over + alone if any(rule.below or rule.answers for rule in rules) else over),
        telling=telling,
        answers=any(rule.answers for rule in rules),
    )


def _rule(prefix: str, node: _Node, words: Iterable[str]) -> Rule:
    for key, each in node.items():
        if key not in RULE_KEYS:
            raise each.wrong("is unknown", f"use one of {', '.join(sorted(RULE_KEYS))}")
    core = _classes(node.get("core"), words)
    if len(core) not in (1, 2):
        raise node.get("core").wrong(f"names {len(core)} word classes", "name one or two")
    order = node.get("order").text() if node.has("order") else "any"
    if order not in ("any", "forward"):
        raise node.get("order").wrong(f'is "{order}"', 'write "any" or "forward"')
    return Rule(
        name=f"{prefix}.{node.get('name').text()}",
        core=core,
        reach=node.get("reach").number() if len(core) == 2 else 0,
        forward=order == "forward",
        between_not=_optional(node, "between_not", words),
        through=_optional(node, "through", words),
        needs=_optional(node, "needs", words),
        under=_optional(node, "under", words),
        below=node.has("below") and node.get("below").truth(),
        answers=node.has("answers") and node.get("answers").truth(),
        most=node.get("most").number() if node.has("most") else 0,
        without=_optional(node, "without", words),
        unless=_optional(node, "unless", words),
        cells=node.has("cells") and node.get("cells").truth(),
        stance=_stance(node.get("stance")) if node.has("stance") else None,
        services=node.get("services").texts() if node.has("services") else (),
        not_services=node.get("not_services").texts() if node.has("not_services") else (),
    )


def _optional(node: _Node, key: str, words: Iterable[str]) -> tuple[str, ...]:
    return _classes(node.get(key), words) if node.has(key) else ()


def _classes(node: _Node, words: Iterable[str]) -> tuple[str, ...]:
    known = {*words, *SHARED}
    for name in node.texts():
        if name not in known:
            raise node.wrong(f'names "{name}", which is no word class', f"use one of {', '.join(sorted(known))}")
    return node.texts()


def _stance(node: _Node) -> Stance:
    try:
        return Stance(node.text())
    except ValueError as error:
        raise node.wrong(f"is {node.value!r}", f"use one of {', '.join(Stance)}") from error
