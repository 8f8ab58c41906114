"""Which flag leads a topic, and which facts are its own."""

from collections.abc import Sequence

from diffing.change import Change
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance

WEIGHT = (Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.WITHDRAWS, Effect.REWORDS)
"""Effects by how much a reader needs to know of them."""

EVERYWHERE = frozenset({FactName.EFFECTIVE_DATE})
"""Facts about the whole change."""


def leading(change: Change, topic: str) -> Flag:
    """The flag of a topic whose effect weighs most; of several, the first that says it plainly."""
    mine = [flag for flag in change.judgement.flags if flag.topic == topic]
    return min(mine, key=lambda flag: (WEIGHT.index(flag.effect), flag.stance is not Stance.PERMITS))


def facts_of(change: Change, topic: str) -> Sequence[Fact]:
    """The facts that belong to a topic: all of them where it is alone, else those of its own flagged passages and
    those that stand in no flagged passage at all."""
    judgement = change.judgement
    if len(change.topics) == 1:
        return judgement.facts
    passages = {name: set[int]() for name in change.topics}
    for flag in judgement.flags:
        index = judgement.edits[flag.edit].after_index
        if index is not None:
            passages[flag.topic].add(index)
    others = set[int]().union(*(indices for name, indices in passages.items() if name != topic)) - passages[topic]
    return tuple(fact for fact in judgement.facts if fact.name in EVERYWHERE or fact.passage not in others)
