"""Which flag leads a topic, and which facts are its own."""

from collections.abc import Sequence

from alerts.summary.actor import Actor, actor
from diffing.change import Change, ChangeKind
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage, PassageKind

WEIGHT = (Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.WITHDRAWS, Effect.REWORDS)
"""Effects by how much a reader needs to know of them."""

SCOPED = frozenset({FactName.REGION, FactName.DATA_USED, FactName.DATA_EXCLUDED, FactName.RECIPIENT})
"""Facts that bound what one clause says; a fact of another clause would say too much or too little of this one."""


NEAR = 400
"""Longest sentence, in characters, in which a name counts wherever it stands; in a longer one (a table's row) only
among the words that raised the flag."""


def named(change: Change, topic: str, names: Sequence[str]) -> list[Flag]:
    """The flags of a topic whose words hold one of these names; all of them where no name is asked for."""
    mine = [flag for flag in change.judgement.flags if flag.topic == topic]
    return [flag for flag in mine if not names or any(name.lower() in _core(flag).lower() for name in names)]


def _core(flag: Flag) -> str:
    sentence = sentence_of(flag)
    return sentence if len(sentence) <= NEAR else flag.evidence


def leading(change: Change, mine: Sequence[Flag]) -> Flag:
    """Of a topic's flags the one whose effect weighs most; of several, the first that says plainly, and in a sentence
    rather than a heading, who does it."""
    actors = list(Actor)
    return min(
        mine,
        key=lambda flag: (
            WEIGHT.index(flag.effect),
            flag.stance is not Stance.PERMITS,
            _is_heading(change, flag),
            actors.index(actor_of(change, flag)),
        ),
    )


def actor_of(change: Change, flag: Flag) -> Actor:
    """Who acts in a flagged sentence. What it hangs from often says it."""
    passage = passage_of(change, flag)
    stem = " ".join(passage.stem) if passage else ""
    post = change.judgement.kind is ChangeKind.POST
    return actor(f"{stem} {sentence_of(flag)}", change.after.document.service, post=post)


def sentence_of(flag: Flag) -> str:
    """The flagged sentence, the new one where there is one."""
    return flag.after if flag.after is not None else flag.before or flag.evidence


def passage_of(change: Change, flag: Flag) -> Passage | None:
    """The passage a flag is about, the new one where there is one."""
    return change.judgement.edits[flag.edit].passage_of(sentence_of(flag))


def facts_of(change: Change, topic: str, flag: Flag) -> Sequence[Fact]:
    """The facts to tell with a topic's leading flag.

    What bounds the clause is its own passage's or of what hangs together with it; the rest is the topic's. What stands
    in a passage flagged for something else, or elsewhere in the text, is neither. The effective date is the whole
    change's.
    """
    judgement = change.judgement
    index = {number: judgement.edits[number].after_index for number in {flag.edit for flag in judgement.flags}}
    flagged = set(index.values())
    passages = {edit.after_index: edit.after for edit in judgement.edits if edit.after is not None}

    def belongs(fact: Fact, edits: set[int]) -> bool:
        if fact.passage in flagged:
            return fact.passage in {index[number] for number in edits}
        hosts = [host for number in edits if (host := judgement.edits[number].after)]
        return any(_together(fact, passages.get(fact.passage), host) for host in hosts)

    mine = {each.edit for each in judgement.flags if each.topic == topic}
    return tuple(
        fact
        for fact in judgement.facts
        if fact.name is FactName.EFFECTIVE_DATE or belongs(fact, {flag.edit} if fact.name in SCOPED else mine)
    )


def _together(fact: Fact, passage: Passage | None, host: Passage) -> bool:
    """Whether a fact's passage shares the host's section, or the fact was read from what the host hangs from."""
    if passage is not None and passage.section == host.section:
        return True
    above = (*host.section, *host.stem, " | ".join(host.stem))
    return any(text[fact.start : fact.end] == fact.quote for text in above)


def _is_heading(change: Change, flag: Flag) -> bool:
    passage = passage_of(change, flag)
    return passage is not None and passage.kind is PassageKind.HEADING
