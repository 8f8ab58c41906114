"""Reader: the statements a passage makes about a topic."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from diffing.flag import Stance
from diffing.passage import Passage, PassageKind
from diffing.sentences import Sentence, sentences
from diffing.topics.answers import answers
from diffing.topics.grammar import SHARED, Reading, read
from diffing.topics.rules import Core, cores, stance
from diffing.topics.statement import Statement
from diffing.topics.tokens import STOPS, tokens
from diffing.topics.topic import Rule, Topic, Wording
from diffing.topics.vocabulary import Mentions

MOST_BEFORE = 600
"""Characters looked back for the sentence before."""

TITLE = 12
"""Most words and stops of a numbered title that is a paragraph."""

CACHED = 2_000
"""Characters up to which what a sentence says is remembered: texts that flip say the same again and again."""

FALLBACK = "en"
"""Language an unknown one ("") is read in."""


def statements(passage: Passage, topic: Topic, language: str, service: str) -> tuple[Statement, ...]:
    """What each sentence of the passage says about the topic, in order.

    language: ISO 639-1; "" is read as English; a language the topic has no words for gives nothing.
    service: name of the service whose text it is.
    """
    return tuple(
        statement
        for sentence in sentences(passage.text, language)
        for statement in sentence_statements(sentence, passage, topic, language, service)
    )


def sentence_statements(
    sentence: Sentence, passage: Passage, topic: Topic, language: str, service: str, lead: Callable[[], str] = str
) -> tuple[Statement, ...]:
    """The same for one sentence of the passage; of overlapping statements only the first rule's.

    lead: asked for the text before the passage when its first sentence speaks of one before it.
    """
    wording = topic.wordings.get(language or FALLBACK)
    if wording is None or not wording.may_speak(sentence.text, passage, lead):
        return ()
    lead_in = _lead(sentence, passage.text)
    above = (*passage.section, *passage.stem, *lead_in)
    over = (*passage.section[-1:], *(lead_in or passage.stem[-1:]))
    spoken_of = wording.grammar.refers(sentence.text) or wording.grammar.replies.open(sentence.text)
    before = _before(sentence, passage.text, lead) if spoken_of else ""
    columns = passage.stem[passage.text.count("|", 0, sentence.start) :] if passage.kind is PassageKind.ROW else ()
    heading = passage.kind is PassageKind.HEADING
    read_before = _remembered if len(sentence.text) <= CACHED else _found
    return tuple(
        Statement(
            topic=topic.name,
            rule=said.rule,
            stance=said.stance,
            sentence=sentence,
            start=sentence.start + said.start,
            end=sentence.start + said.end,
            telling=said.telling,
        )
        for said in read_before(sentence.text, above, over, before, columns, heading, wording, service)
    )


class _Said(NamedTuple):
    """A statement, its place counted in its sentence."""

    rule: str
    stance: Stance
    start: int
    end: int
    telling: bool


def _found(
    text: str,
    above: tuple[str, ...],
    over: tuple[str, ...],
    before: str,
    columns: tuple[str, ...],
    heading: bool,
    wording: Wording,
    service: str,
) -> tuple[_Said, ...]:
    """What a sentence says below these headings and stems.

    over: the nearest of either. before: the sentence it speaks of or answers, "" when none. columns: of a row, the
    headings of its cells, from the sentence's first one on.
    """
    words = tokens(text)
    spoken = wording.vocabulary.mentions(words)
    if not _speaks(spoken, wording.rules):
        return ()
    reading = Reading(words, wording.grammar.vocabulary.mentions(words), spoken)
    rules = [rule for rule in wording.rules if rule.holds_for(service) and all(map(reading.of, rule.core))]
    over = (*over, before)
    return tuple(_by_rules(rules, reading, above, over, columns, heading, wording, service)) if rules else ()


def _by_rules(
    rules: Sequence[Rule],
    reading: Reading,
    texts: Sequence[str],
    over_texts: Sequence[str],
    columns: Sequence[str],
    heading: bool,
    wording: Wording,
    service: str,
) -> Iterator[_Said]:
    above = tuple(_above(text, wording) for text in texts)
    telling = not heading and _telling(reading, above, wording)
    over = tuple(_above(text, wording) for text in over_texts if text)
    heads = tuple(_above(text, wording) for text in columns)
    speaks = partial(_speaks_by_itself, wording=wording, service=service)
    taken: list[Core] = []
    for rule in rules:
        if not _needed(rule, (reading, *above)) or not _hung(rule, over, wording, service):
            continue
        for core in () if rule.answers else cores(rule, reading):
            if any(core.first < other.stop and other.first < core.stop for other in taken):
                continue
            said = stance(core, reading, above)
            if said is None:
                continue
            taken.append(core)
            start, end = reading.tokens[core.first].start, reading.tokens[core.stop - 1].end
            yield _Said(rule.name, rule.stance or said, start, end, telling)
        for answer, stands in answers(rule, reading, over, heads, speaks) if rule.answers else ():
            start, end = reading.tokens[answer.first].start, reading.tokens[answer.stop - 1].end
            yield _Said(rule.name, stands, start, end, telling)


def _lead(sentence: Sentence, text: str) -> tuple[str, ...]:
    """What opens the list inside the passage that the sentence is an item of: "We never: - sell it. - train on it." """
    if not text[max(0, sentence.start - 3) : sentence.start].rstrip().endswith(" -"):
        return ()
    colon = text.rfind(": -", 0, sentence.start)
    if colon < 0:
        return ()
    start = max(text.rfind(stop, 0, colon) for stop in ".|;") + 1
    return (text[start : colon + 1],)


def _before(sentence: Sentence, text: str, lead: Callable[[], str]) -> str:
    """The sentence before another in a text; before the first, the last of what leads to it."""
    before = (text[max(0, sentence.start - MOST_BEFORE) : sentence.start] or lead()[-MOST_BEFORE:]).rstrip()
    start = max(before.rfind(stop, 0, -1) for stop in (". ", "? ", "! ", "; "))
    return before[start + 1 :]


def _telling(reading: Reading, above: Sequence[Reading], wording: Wording) -> bool:
    if reading.grammar.get("pointer") or _titles(reading):
        return False
    return not wording.telling or any(each.of(name) for each in (reading, *above) for name in wording.telling)


def _titles(reading: Reading) -> bool:
    """Whether the sentence asks, or is a numbered title: "5.7 AI training and your data"."""
    words = reading.tokens
    return words[-1].form == "?" or (words[0].form.isdigit() and len(words) <= TITLE)


def _speaks(spoken: Mentions, rules: Sequence[Rule]) -> bool:
    """Whether the topic's own words of some rule's core are among these, before the grammar is looked at."""
    return any(all(name in spoken or name in SHARED for name in rule.core) for rule in rules)


def _hung(rule: Rule, over: Sequence[Reading], wording: Wording, service: str) -> bool:
    """Whether what the sentence hangs from says what the rule asks for."""
    if rule.under and not any(all(map(each.of, rule.under)) for each in over):
        return False
    return not rule.below or any(_speaks_by_itself(each, wording, service) is not None for each in over)


def _speaks_by_itself(reading: Reading, wording: Wording, service: str) -> Core | None:
    """Where a rule that needs nothing above finds something in it."""
    found = (
        core
        for rule in wording.rules
        if not rule.hangs and rule.holds_for(service) and all(map(reading.of, rule.core)) and _needed(rule, (reading,))
        for core in cores(rule, reading)
    )
    return next(found, None)


def _needed(rule: Rule, readings: Sequence[Reading]) -> bool:
    if rule.most and sum(token.form not in STOPS for token in readings[0].tokens) > rule.most:
        return False
    if any(reading.of(name) for reading in readings for name in rule.unless):
        return False
    return not rule.needs or any(reading.of(name) for reading in readings for name in rule.needs)


@lru_cache(maxsize=1 << 11)
def _above(text: str, wording: Wording) -> Reading:
    return read(text, wording.grammar, wording.vocabulary)


_remembered = lru_cache(maxsize=1 << 12)(_found)
