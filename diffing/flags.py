"""Flags: the topics found in the edits of a change, with what they do to people."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from diffing.direction import direction
from diffing.edit import Edit, EditKind
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage
from diffing.places import Place, hints_of, places, that_may_speak
from diffing.sentences import Sentence, sentences
from diffing.topics import Statement, Topic
from diffing.topics.reader import FALLBACK, sentence_statements
from diffing.topics.rewording import Block, replacements, rewording
from diffing.topics.tokens import fold_text, tokens
from diffing.topics.topic import Wording

LIKENESS = 0.5
"""Least share of words kept for a sentence that went and one that came to be one reworded sentence."""

LONGEST = 5_000
"""Words of a sentence that are compared."""

MOST_COMPARED = 40_000
"""Pairs of sentences compared at most, inside an edit and across edits each; beyond it they are not paired there."""

OFTEN = 3
"""Edits in which the same run of words is replaced alike for it to be a rename ("our Chat" is now "Vibe")."""

CACHED = 20_000
"""Characters up to which the sentences of a passage are remembered."""

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"https?://\S+")
"""A web address: where a link leads is not what the text says."""

_TAIL = re.compile(r"['’ʼ](s|t|ve|re|ll|d|m)\b", re.IGNORECASE)
"""What follows an apostrophe in one word: "we've" is the same as "weve", which a bad conversion leaves."""

LEADING = (Stance.PERMITS, Stance.LIMITS, Stance.DENIES)
"""Whose statement speaks for a sentence that makes several."""

GAINED = {Stance.PERMITS: Effect.INTRODUCES, Stance.LIMITS: Effect.LIMITS, Stance.DENIES: Effect.LIMITS}
LOST = {
    Stance.PERMITS: Effect.WITHDRAWS,
    Stance.LIMITS: Effect.DROPS_PROTECTION,
    Stance.DENIES: Effect.DROPS_PROTECTION,
}


class _Side(NamedTuple):
    """A sentence on one side of an edit. words: its words without stops, folded, without a number in front."""

    place: Place
    sentence: Sentence
    words: tuple[str, ...]

    @property
    def edit(self) -> int:
        return self.place.edit

    @property
    def passage(self) -> Passage:
        return self.place.passage


class _Step(NamedTuple):
    """A sentence that went, came, or became another."""

    gone: _Side | None
    came: _Side | None


def flags(
    edits: Sequence[Edit],
    topics: Sequence[Topic],
    *,
    language: str,
    service: str,
    before: Sequence[Passage] = (),
    after: Sequence[Passage] = (),
) -> tuple[Flag, ...]:
    """What the change says anew, no longer or otherwise about each topic; topic by topic, in the order of the edits.

    A sentence that stands on both sides of the change (moved, renumbered, relinked, with other stops or case) raises
    nothing; one that changes alike in several places is told once. language: ISO 639-1 of the text, "" when unknown.
    service: name of the service. before, after: the two versions, in which is looked up what a sentence such as "you
    may object to this" speaks of when another passage says it.
    """
    found: list[Flag] = []
    spoken = language or FALLBACK
    wordings = {topic.name: topic.wordings[spoken] for topic in topics if spoken in topic.wordings}
    hints = hints_of(edits, wordings)
    if not hints:
        return ()
    old, new = places(edits, before, after)
    old_told, new_told = that_may_speak(old, wordings, hints), that_may_speak(new, wordings, hints)
    speaking = [
        topic
        for topic in topics
        if topic.name in wordings and _speaks(old_told[topic.name], new_told[topic.name], topic, language, service)
    ]
    if not speaking:
        return ()
    gone, came = _changed(old, new, language)
    renames = _renames(edits)
    for topic in speaking:
        wording = wordings[topic.name]
        steps = _steps(gone, came, wording)
        reader = _Judge(topic, wording, language, service, renames, _by_edit(gone), _by_edit(came))
        found.extend(_weighed([judged for step in steps if (judged := reader.flag(step)) is not None]))
    return _once(found)


def _speaks(old: Sequence[Place], new: Sequence[Place], topic: Topic, language: str, service: str) -> bool:
    """Whether a sentence that went or came says something about the topic: mostly none does, and that is all.

    old, new: the passages that may speak of it. A sentence that stands on both sides is passed over here too.
    """
    if not (old or new):
        return False
    wording = topic.wordings[language or FALLBACK]
    gone, came = (
        [
            _Side(place, sentence, words)
            for place in places
            for sentence in _cut(place.passage.text, language)
            if place.may_speak(wording, sentence.text) and (words := _words(sentence.text))
        ]
        for places in (old, new)
    )
    stay = Counter(side.words for side in gone) & Counter(side.words for side in came)
    return any(
        sentence_statements(side.sentence, side.passage, topic, language, service, lead=side.place.lead)
        for side in (*_without(gone, stay), *_without(came, stay))
    )


def _weighed(judged: Sequence[tuple[Flag, bool]]) -> Iterator[Flag]:
    """Flags on telling statements; the others only when there is none."""
    told = any(telling for _, telling in judged)
    return (flag for flag, telling in judged if telling or not told)


def _once(found: Sequence[Flag]) -> tuple[Flag, ...]:
    first: dict[tuple[str, Effect, str | None, str | None], Flag] = {}
    for flag in found:
        first.setdefault((flag.topic, flag.effect, flag.before, flag.after), flag)
    return tuple(first.values())


def _changed(old: Sequence[Place], new: Sequence[Place], language: str) -> tuple[list[_Side], list[_Side]]:
    """Sentences that went and that came; one that stands on both sides is neither."""
    gone = [side for place in old for side in _sides(place, language)]
    came = [side for place in new for side in _sides(place, language)]
    stay = Counter(side.words for side in gone) & Counter(side.words for side in came)
    return _without(gone, stay), _without(came, stay)


def _sides(place: Place, language: str) -> Iterator[_Side]:
    for sentence in _cut(place.passage.text, language):
        if words := _words(sentence.text):
            yield _Side(place, sentence, words)


def _cut(text: str, language: str) -> tuple[Sentence, ...]:
    return _remembered(text, language) if len(text) <= CACHED else sentences(text, language)


_remembered = lru_cache(maxsize=1 << 11)(sentences)
"""What is new in one version is old in the next."""


def _words(text: str) -> tuple[str, ...]:
    plain = _ADDRESS.sub(" ", text) if "://" in text else text
    if "'" in plain or not plain.isascii():
        plain = _TAIL.sub(r"\1", plain)
    words = _WORD.findall(fold_text(plain))
    start = 0
    while start < len(words) - 1 and (words[start].isdigit() or len(words[start]) == 1):
        start += 1
    return tuple(words[start:])


def _without(sides: Sequence[_Side], stay: Counter[tuple[str, ...]]) -> list[_Side]:
    left = stay.copy()
    out = []
    for side in sides:
        if left[side.words] > 0:
            left[side.words] -= 1
        else:
            out.append(side)
    return out


def _renames(edits: Sequence[Edit]) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Runs of words that are replaced by the same other run in edit after edit."""
    seen: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for edit in edits:
        if edit.kind is EditKind.REWORDED and edit.before is not None and edit.after is not None:
            seen.update(set(replacements(_words(edit.before.text), _words(edit.after.text))))
    return frozenset(pair for pair, times in seen.items() if times >= OFTEN)


def _steps(gone: Sequence[_Side], came: Sequence[_Side], wording: Wording) -> list[_Step]:
    """Sentences that may speak of the topic, each with what it was or became; inside its edit first, then anywhere."""
    told_gone, told_came = _told(gone, wording), _told(came, wording)
    pairs = _match(told_came, _by_edit(gone)) + [(b, a) for a, b in _match(told_gone, _by_edit(came))]
    steps: list[_Step] = []
    used: set[int] = set()
    for new, old in sorted(pairs, key=lambda pair: -_likeness(*pair)):
        if id(new) not in used and id(old) not in used:
            used |= {id(new), id(old)}
            steps.append(_Step(old, new))
    told_gone = [side for side in told_gone if id(side) not in used]
    told_came = [side for side in told_came if id(side) not in used]
    if len(told_gone) * len(told_came) <= MOST_COMPARED:
        scored = [(_likeness(new, old), -i, -j) for j, new in enumerate(told_came) for i, old in enumerate(told_gone)]
        for score, i, j in sorted(scored, reverse=True):
            new, old = told_came[-j], told_gone[-i]
            if score >= LIKENESS and id(new) not in used and id(old) not in used:
                used |= {id(new), id(old)}
                steps.append(_Step(old, new))
    steps.extend(_Step(None, side) for side in told_came if id(side) not in used)
    steps.extend(_Step(side, None) for side in told_gone if id(side) not in used)
    return sorted(steps, key=lambda step: (step.came or step.gone).edit)  # type: ignore[union-attr]


def _told(sides: Sequence[_Side], wording: Wording) -> list[_Side]:
    """Sentences that may speak of the topic."""
    return [side for side in sides if side.place.may_speak(wording, side.sentence.text)]


def _by_edit(sides: Sequence[_Side]) -> dict[int, list[_Side]]:
    out: dict[int, list[_Side]] = defaultdict(list)
    for side in sides:
        out[side.edit].append(side)
    return out


def _match(told: Sequence[_Side], others: dict[int, list[_Side]]) -> list[tuple[_Side, _Side]]:
    """Pairs inside one edit that are like enough; none for an edit of too many sentences."""
    crowd = Counter(side.edit for side in told)
    return [
        (side, other)
        for side in told
        if crowd[side.edit] * len(others.get(side.edit, ())) <= MOST_COMPARED
        for other in others.get(side.edit, ())
        if _likeness(side, other) >= LIKENESS
    ]


def _likeness(one: _Side, other: _Side) -> float:
    """Share of words kept; of sentences without end, of their beginnings."""
    return Indel.normalized_similarity(one.words[:LONGEST], other.words[:LONGEST], score_cutoff=LIKENESS)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Turns the steps of one topic into flags."""

    topic: Topic
    wording: Wording
    language: str
    service: str
    renames: frozenset[tuple[tuple[str, ...], tuple[str, ...]]]
    gone: Mapping[int, Sequence[_Side]]
    came: Mapping[int, Sequence[_Side]]

    def flag(self, step: _Step) -> tuple[Flag, bool] | None:
        """The flag of a step, and whether its statement is telling."""
        old, new = self._said(step.gone), self._said(step.came)
        if step.gone is not None and step.came is not None and old and new:
            if self._points(step.gone) and self._points(step.came):
                return None
            blocks = self._compare(step.gone, step.came, old, new)
            turned = (old[0].stance is Stance.PERMITS) != (new[0].stance is Stance.PERMITS)
            if not (blocks or turned):
                return None
            effect = direction(
                blocks,
                step.gone.words,
                step.came.words,
                old=old[0].stance,
                new=new[0].stance,
                grammar=self.wording.grammar,
            )
            return self._made(step.came, new[0], effect, step.gone, step.came)
        if step.came is not None and new:
            return self._made(step.came, new[0], GAINED[new[0].stance], step.gone, step.came)
        if step.gone is not None and old:
            return self._made(step.gone, old[0], LOST[old[0].stance], step.gone, None)
        return None

    def _points(self, side: _Side) -> bool:
        """Whether the sentence only says where to read on."""
        return bool(self.wording.grammar.vocabulary.mentions(tokens(side.sentence.text)).get("pointer"))

    def _said(self, side: _Side | None) -> tuple[Statement, ...]:
        """What the sentence says, the one that speaks for it first."""
        if side is None:
            return ()
        said = sentence_statements(
            side.sentence, side.passage, self.topic, self.language, self.service, lead=side.place.lead
        )
        return tuple(sorted(said, key=lambda statement: LEADING.index(statement.stance)))

    def _compare(
        self, gone: _Side, came: _Side, old: Sequence[Statement], new: Sequence[Statement]
    ) -> tuple[Block, ...]:
        blocks = rewording(
            gone.words,
            came.words,
            near_before=_near(gone, old),
            near_after=_near(came, new),
            light=self.wording.grammar.light,
            renames=self.renames,
        )
        same = old[0].stance is new[0].stance
        own = [side.passage.text[said[0].start : said[0].end] for side, said in ((gone, old), (came, new))]
        return tuple(
            block
            for block in blocks
            if not self._stands_beside(block, gone, came) and not (same and self._answers_elsewhere(block, own))
        )

    def _answers_elsewhere(self, block: Block, own: Sequence[str]) -> bool:
        """Whether a yes became a no in another cell than the one that says yes or no of the topic on either side."""
        words = " ".join(block.gone), " ".join(block.came)
        return all(map(self.wording.grammar.replies.open, (*words, *own)))

    def _stands_beside(self, block: Block, gone: _Side, came: _Side) -> bool:
        """Whether what the sentence lost is a sentence of its own now, or what it won was one, in the same passage."""
        if gone.edit != came.edit or (block.gone and block.came):
            return False
        words = {word for word in block.gone or block.came if word not in self.wording.grammar.light}
        own, others = (came, self.came) if block.gone else (gone, self.gone)
        return any(words <= {*other.words} for other in others[own.edit] if other is not own)

    def _made(
        self, side: _Side, said: Statement, effect: Effect, gone: _Side | None, came: _Side | None
    ) -> tuple[Flag, bool]:
        flag = Flag(
            topic=self.topic.name,
            stance=said.stance,
            effect=effect,
            edit=side.edit,
            before=gone.sentence.text if gone else None,
            after=came.sentence.text if came else None,
            evidence=side.passage.text[said.start : said.end],
            rule=said.rule,
        )
        return flag, said.telling


def _near(side: _Side, said: Sequence[Statement]) -> range:
    """The place of the statements among the sentence's words, from the first to the last."""
    start, end = min(each.start for each in said), max(each.end for each in said)
    lead = len(_words(side.sentence.text)) - len(_words(side.passage.text[start : side.sentence.end]))
    return range(lead, lead + len(_words(side.passage.text[start:end])))
