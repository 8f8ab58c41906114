"""Which flag leads a topic, and which facts are its own."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from alerts.summary.actor import Actor, actor
from diffing.change import Change, ChangeKind
from diffing.edit import Edit
from diffing.fact import Fact, FactName
from diffing.facts.vocabulary import names
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage, PassageKind

WEIGHT = (Effect.INTRODUCES, Effect.DROPS_PROTECTION, Effect.LIMITS, Effect.WITHDRAWS, Effect.REWORDS)
"""Effects by how much a reader needs to know of them."""

MANY = 10
"""Flags of one topic from which a text may count as rewritten."""

SCOPED = frozenset(
    {
        FactName.REGION, FactName.DATA_USED, FactName.DATA_EXCLUDED, FactName.RECIPIENT, FactName.LEGAL_BASIS,
    }
)  # fmt: skip
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
    """Of a topic's flags the one whose effect weighs most.

    Of several, the first that says plainly, in a sentence rather than a heading, who does it and with which data."""
    actors = list(Actor)
    used = [fact for fact in change.judgement.facts if fact.name is FactName.DATA_USED]
    return min(
        mine,
        key=lambda flag: (
            WEIGHT.index(flag.effect),
            flag.stance is not Stance.PERMITS,
            _is_heading(change, flag),
            actors.index(actor_of(change, flag)),
            not any(_said_in(change, fact, flag) for fact in used),
        ),
    )


def rewritten(change: Change, topic: str) -> bool:
    """Whether so much of a topic came and as much went that no single clause can stand for it."""
    effects = [flag.effect for flag in change.judgement.flags if flag.topic == topic]
    gone = effects.count(Effect.WITHDRAWS) + effects.count(Effect.DROPS_PROTECTION)
    return len(effects) >= MANY and gone >= effects.count(Effect.INTRODUCES)


def actor_of(change: Change, flag: Flag) -> Actor:
    """Who acts in a flagged sentence. What it hangs from often says it."""
    passage = passage_of(change, flag)
    stem = " ".join(passage.stem) if passage else ""
    post = change.judgement.kind is ChangeKind.POST
    return actor(f"{stem} {sentence_of(flag)}", change.after.document.service, post=post, act=flag.evidence)


def sentence_of(flag: Flag) -> str:
    """The flagged sentence, the new one where there is one."""
    return flag.after if flag.after is not None else flag.before or flag.evidence


def passage_of(change: Change, flag: Flag) -> Passage | None:
    """The passage a flag is about, the new one where there is one."""
    return change.judgement.edits[flag.edit].passage_of(sentence_of(flag))


def facts_of(change: Change, topic: str, flag: Flag) -> Sequence[Fact]:
    """The facts to tell with a topic's leading flag.

    What bounds the clause is its own passage's or of what hangs together with it; the rest is the topic's. What stands
    in a passage or sentence flagged for something else, or elsewhere in the text, is neither. The effective date is the
    whole change's. What one clause of the topic uses, no other leaves out.
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
    same_item = {
        fact.name for fact in judgement.facts if _said_in(change, fact, flag) and not _other_item(change, fact, flag)
    }
    used = {fact.value for fact in judgement.facts if fact.name is FactName.DATA_USED and belongs(fact, mine)}
    return tuple(
        fact
        for fact in judgement.facts
        if fact.name is FactName.EFFECTIVE_DATE
        or (
            belongs(fact, {flag.edit} if fact.name in SCOPED else mine)
            and not (fact.name is FactName.DEFAULT and not _beside(fact, passages, judgement.edits[flag.edit]))
            and not _of_another(change, fact, topic)
            and not (fact.name is FactName.DATA_EXCLUDED and fact.value in used)
            and not (fact.name in same_item and _other_item(change, fact, flag))
        )
    )


def still_said(change: Change, topic: str) -> bool:
    """Whether some flagged words of the new text say that it is done."""
    return any(
        flag.topic == topic and flag.after and flag.stance is not Stance.DENIES for flag in change.judgement.flags
    )


def elsewhere(change: Change, topic: str, leader: Flag) -> Sequence[Fact]:
    """Recipients and regions of the first other clause of the topic that newly gives data away.

    To a company it names, or to others who act themselves."""
    groups = names("recipients", "groups")
    for flag in change.judgement.flags:
        if flag.topic == topic and flag.effect is Effect.INTRODUCES and flag.edit != leader.edit:
            given = [
                fact
                for fact in change.judgement.facts
                if _stands_in(change, fact, flag) and fact.name in (FactName.RECIPIENT, FactName.REGION)
            ]
            to = [fact.value for fact in given if fact.name is FactName.RECIPIENT]
            if any(name not in groups for name in to) or (to and actor_of(change, flag) is not Actor.PUBLISHER):
                return given
    return ()


def _stands_in(change: Change, fact: Fact, flag: Flag) -> bool:
    return fact.passage == change.judgement.edits[flag.edit].after_index


def _said_in(change: Change, fact: Fact, flag: Flag) -> bool:
    """Whether a fact stands in the flagged sentence itself."""
    passage = change.judgement.edits[flag.edit].after
    if not _stands_in(change, fact, flag) or passage is None or flag.after is None:
        return False
    start = passage.text.find(flag.after)
    return start <= fact.start < start + len(flag.after) if start >= 0 else False


def _of_another(change: Change, fact: Fact, topic: str) -> bool:
    """Whether a fact stands in a sentence that was flagged for other topics only."""
    topics = {flag.topic for flag in change.judgement.flags if _said_in(change, fact, flag)}
    return bool(topics) and topic not in topics


def _other_item(change: Change, fact: Fact, flag: Flag) -> bool:
    """Whether a fact stands under another number of the flagged sentence than the words that raised the flag.

    As the posts in "(1) posts for their services and (2) personal data for their ads" do."""
    if not _said_in(change, fact, flag) or flag.after is None:
        return False
    passage = change.judgement.edits[flag.edit].after
    sentence, start = flag.after, passage.text.find(flag.after) if passage else 0
    marks = [mark.start() for mark in _NUMBERED.finditer(sentence)]
    at = sentence.find(flag.evidence)
    if len(marks) < 2 or at < 0:
        return False
    item, mine = (bisect_right(marks, place) for place in (fact.start - start, at))
    return item != mine and item > 0 and mine > 0


_NUMBERED = re.compile(r"\((?:\d|[a-z]|[ivx]{1,4})\)")


def _beside(fact: Fact, passages: Mapping[int | None, Passage], edit: Edit) -> bool:
    """Whether a fact stands in the section of an edit: a default is that of its own section."""
    passage = passages.get(fact.passage)
    same = passage is not None and edit.after is not None and passage.section == edit.after.section
    return same or fact.passage == edit.after_index


def _together(fact: Fact, passage: Passage | None, host: Passage) -> bool:
    """Whether a fact's passage shares the host's section, or the fact was read from what the host hangs from."""
    if passage is not None and passage.section == host.section:
        return True
    above = (*host.section, *host.stem, " | ".join(host.stem))
    return any(text[fact.start : fact.end] == fact.quote for text in above)


def _is_heading(change: Change, flag: Flag) -> bool:
    passage = passage_of(change, flag)
    return passage is not None and passage.kind is PassageKind.HEADING
