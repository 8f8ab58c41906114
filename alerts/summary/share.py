"""Which flag leads a topic, and which facts are its own."""

from collections.abc import Sequence

from diffing.change import Change
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance

WEIGHT = (Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.WITHDRAWS, Effect.REWORDS)
"""Effects by how much a reader needs to know of them."""

SCOPED = frozenset({FactName.REGION, FactName.DATA_USED, FactName.DATA_EXCLUDED})
"""Facts that bound what one clause says; a fact of another clause would say too much or too little of this one."""


def leading(change: Change, topic: str) -> Flag:
    """The flag of a topic whose effect weighs most; of several, the first that says it plainly."""
    mine = [flag for flag in change.judgement.flags if flag.topic == topic]
    return min(mine, key=lambda flag: (WEIGHT.index(flag.effect), flag.stance is not Stance.PERMITS))


def facts_of(change: Change, topic: str, flag: Flag) -> Sequence[Fact]:
    """The facts to tell with a topic's leading flag.

    What bounds the clause is its own passage's or stands outside all flagged ones (a head, a list's opening); the
    rest is the topic's. The effective date is the whole change's.
    """
    judgement = change.judgement
    index = {number: judgement.edits[number].after_index for number in {flag.edit for flag in judgement.flags}}
    own = {index[flag.edit]}
    flagged = set(index.values())
    mine = {index[each.edit] for each in judgement.flags if each.topic == topic}
    return tuple(
        fact
        for fact in judgement.facts
        if fact.name is FactName.EFFECTIVE_DATE
        or fact.passage in own
        or fact.passage not in flagged
        or (fact.name not in SCOPED and fact.passage in mine)
    )
