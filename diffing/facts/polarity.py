"""Polarity: what a sentence says of the things it names - that they are in, out, or only mentioned in passing.

A sentence is read from left to right. Small words (data/facts/cues.yaml) change the state; a thing that is named takes
the state it stands in. Every pattern is bounded, so the time is linear in the length.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache

from diffing.facts.vocabulary import lines, names, whole


class Zone(StrEnum):
    """Which part of a sentence we are in."""

    OBJECT = "object"
    """What is used, shared, collected: "we use your posts"."""
    TRAINING = "training"
    """What is trained: things named here are in only after "on", "with", "from"."""
    PURPOSE = "purpose"
    """What for: "to help you write posts" uses no posts."""
    CONDITION = "condition"
    """Under which condition, up to the next comma: "unless you delete your posts"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How things are named at one place. negated: "we do not"; excepted: "except for", "excluding"."""

    zone: Zone = Zone.OBJECT
    negated: bool = False
    excepted: bool = False
    leading: bool = False
    """The exception opened the sentence, so it ends where the main clause starts."""
    opted_out: bool = False
    """What is said holds only for those who opt out: "if you opt out, we will not use your posts"."""
    case: bool = False
    """In the condition under which what was said before it holds: "when you use a paid plan"."""
    outer: tuple["State", ...] = field(default=(), repr=False)
    """States before the brackets that are open."""

    @property
    def out(self) -> bool:
        """Whether a thing named here is left out: a "no" or an exception, but not an exception from a "no"."""
        return self.negated != self.excepted


START = State()
BRACKETS = 8
"""Brackets followed inwards; deeper ones are read as if they were not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing found: its label, where it stands, and the state there."""

    label: str
    start: int
    end: int
    state: State


def named(text: str, things: str, language: str, state: State = START) -> tuple[tuple[Named, ...], State]:
    """Everything of the vocabulary `things` that `text` names, in order, and the state at the text's end.

    things: "categories", or the empty word to follow the state only.

    >>> found, _ = named("We use your posts to train AI, but not your private messages.", "categories", "en")
    >>> [(thing.label, thing.state.out) for thing in found]
    [('posts', False), ('private_messages', True)]
    """
    found: list[Named] = []
    clause = 0
    for match in _marks(things, language).finditer(text):
        mark = str(match.lastgroup)
        if mark == "_refused":
            found[clause:] = [replace(thing, state=replace(thing.state, negated=True)) for thing in found[clause:]]
        if mark in ("_opted_out", "_after_all", "_case"):
            found[clause:] = [replace(thing, state=replace(thing.state, opted_out=True)) for thing in found[clause:]]
        if mark in _STEPS:
            state = _STEPS[mark](state, match, text)
            clause = len(found) if mark in _BREAKS else clause
        else:
            found.append(Named(label=mark, start=match.start(), end=match.end(), state=state))
    return tuple(found), state


def state_at(text: str, position: int, language: str) -> State:
    """The state in which whatever starts at `position` is named."""
    starts, states = _states(text, language)
    return states[bisect_left(starts, position)]


@lru_cache(maxsize=8)
def _states(text: str, language: str) -> tuple[tuple[int, ...], tuple[State, ...]]:
    """Where the marks of a text start, and the states before, between and behind them."""
    starts, states = [], [START]
    for match in _marks("", language).finditer(text):
        starts.append(match.start())
        states.append(_STEPS[str(match.lastgroup)](states[-1], match, text))
    return tuple(starts), tuple(states)


def _unless(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, zone=Zone.CONDITION)


def _case(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, zone=Zone.CONDITION, case=True)


def _opted_out(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, zone=Zone.CONDITION, opted_out=True)


def _except(state: State, match: re.Match[str], text: str) -> State:
    if state.zone is Zone.CONDITION:
        return state
    return replace(
        state,
        zone=Zone.OBJECT,
        excepted=True,
        leading=not text[max(0, match.start() - 40) : match.start()].strip(" -–•("),
    )


def _same(state: State, match: re.Match[str], text: str) -> State:
    return state


def _objection(state: State, match: re.Match[str], text: str) -> State:
    """What one can object to is done: "opt out of the use of your posts"."""
    return state if state.zone is Zone.CONDITION else replace(state, zone=Zone.OBJECT, negated=False, excepted=False)


def _negation(state: State, match: re.Match[str], text: str) -> State:
    return state if state.zone is Zone.CONDITION else replace(state, negated=True)


def _contrast(state: State, match: re.Match[str], text: str) -> State:
    return replace(START, outer=state.outer)


def _training(state: State, match: re.Match[str], text: str) -> State:
    return state if state.zone is Zone.CONDITION else replace(state, zone=Zone.TRAINING, excepted=False)


def _source(state: State, match: re.Match[str], text: str) -> State:
    return state if state.zone is Zone.CONDITION else replace(state, zone=Zone.OBJECT)


def _source_of_training(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, zone=Zone.OBJECT) if state.zone is Zone.TRAINING else state


def _purpose(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, zone=Zone.PURPOSE, excepted=False) if state.zone is not Zone.CONDITION else state


def _comma(state: State, match: re.Match[str], text: str) -> State:
    if state.zone is Zone.CONDITION:
        return replace(START, outer=state.outer, opted_out=state.opted_out)
    return replace(state, excepted=False, leading=False) if state.leading and _MAIN.match(text, match.end()) else state


def _colon(state: State, match: re.Match[str], text: str) -> State:
    opens_list = not text[match.end() : match.end() + 3].strip()
    return replace(state, zone=Zone.OBJECT) if opens_list or state.zone in (Zone.TRAINING, Zone.CONDITION) else state


def _item(state: State, match: re.Match[str], text: str) -> State:
    """Where (2) starts, the purpose told under (1) is over."""
    return replace(state, zone=Zone.OBJECT) if state.zone in (Zone.PURPOSE, Zone.TRAINING) else state


def _opened(state: State, match: re.Match[str], text: str) -> State:
    return replace(state, outer=(*state.outer, state)) if len(state.outer) < BRACKETS else state


def _closed(state: State, match: re.Match[str], text: str) -> State:
    return state.outer[-1] if state.outer else state


_MAIN = re.compile(r"\s*+(?:your|we|our|all|the|any|vos|votre|nous|les|nos|toutes?)\b", re.IGNORECASE)
_STEPS = {
    "_opted_out": _opted_out,
    "_case": _case,
    "_unless": _unless,
    "_except": _except,
    "_objection": _objection,
    "_refused": _negation,
    "_negation": _negation,
    "_contrast": _contrast,
    "_training": _training,
    "_source": _source,
    "_source_of_training": _source_of_training,
    "_purpose": _purpose,
    "_learn": _purpose,
    "_after_all": _same,
    "_subject": _contrast,
    "_end": _contrast,
    "_semicolon": _same,
    "_comma": _comma,
    "_colon": _colon,
    "_item": _item,
    "_opened": _opened,
    "_closed": _closed,
}
_BREAKS = frozenset({"_contrast", "_subject", "_end", "_semicolon"})
"""Marks behind which another clause starts: a refusal reaches back no further."""

_BEFORE_THINGS = (
    "_opted_out", "_objection", "_case", "_unless", "_except", "_after_all", "_subject", "_refused", "_negation",
    "_contrast", "_learn",
)  # fmt: skip
"""Marks that win over a thing named at the same place."""

_CLAUSE = r"(?:we|our|your|you|this|it|they|nous|vos|votre|vous|ces|cette|ils?|elles?)"
_SIGNS = {
    "_item": r"\((?:\d|[a-z]|[ivx]{1,4})\)",
    "_end": rf"[.!?](?=\s|$)|;(?= {_CLAUSE}\b)",
    "_semicolon": ";",
    "_comma": ",",
    "_colon": ":",
    "_opened": r"\(",
    "_closed": r"\)",
}


@cache
def _marks(things: str, language: str) -> re.Pattern[str]:
    """Cues and things in one pattern; at one place the earlier of these wins."""
    parts = [f"(?P<{mark}>{whole(lines('cues', language, mark[1:]))})" for mark in _BEFORE_THINGS]
    if things:
        parts += [f"(?P<{label}>{whole(lines(things, label, language))})" for label in names(things)]
    parts += [
        f"(?P<{mark}>{whole(lines('cues', language, mark[1:]))})"
        for mark in ("_training", "_source", "_source_of_training", "_purpose")
    ]
    parts += [f"(?P<{mark}>{sign})" for mark, sign in _SIGNS.items()]
    return re.compile("|".join(parts), re.IGNORECASE)
