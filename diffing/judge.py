"""Judgement: what a new text means, beside the one that stood before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from diffing.alignment import align
from diffing.change import ChangeKind, Judgement, Severity
from diffing.edit import Edit, EditKind
from diffing.fact import Fact, FactName
from diffing.facts import facts
from diffing.flag import Effect, Flag
from diffing.flags import flags
from diffing.kind import kind_of
from diffing.passage import Passage
from diffing.passages import passages
from diffing.returns import Return
from diffing.topics import Topic

TAKES_AWAY = frozenset({Effect.INTRODUCES, Effect.DROPS_PROTECTION})


def severity_of(found: Sequence[Flag], told: Sequence[Fact] = (), *, on: date | None = None) -> Severity:
    """How soon a reader should look: from the flags' effects, and whether a day to object is still to come.

    told: the facts read with the flags. on: the day the change was observed.

    >>> severity_of(())
    <Severity.LOW: 'low'>
    """
    if not found:
        return Severity.LOW
    ahead = on is not None and any(fact.name is FactName.OPT_OUT_BY and fact.value >= on.isoformat() for fact in told)
    return Severity.HIGH if ahead or any(flag.effect in TAKES_AWAY for flag in found) else Severity.MEDIUM


def judge(
    before: str,
    after: str,
    *,
    topics: Sequence[Topic],
    language: str,
    service: str,
    observed_on: date,
    back: Return | None = None,
    upgrade: bool = False,
) -> Judgement:
    """Say what lies between two different texts of one document.

    language: ISO 639-1 of the new text. back: set when `after` is a text recorded before. upgrade: our declaration or
    extractor changed between the two, so nothing is told. Flags and facts are looked for only in what may be news: a
    page that flips says nothing twice.
    """
    if back is not None and not back.news and not upgrade:
        return Judgement(kind=ChangeKind.RETURN, news=False, returned_to=back.observed_at)
    old = passages(before)
    new = passages(after, like=old)
    edits = align(old, new)
    if upgrade:
        return Judgement(kind=ChangeKind.UPGRADE, news=False, edits=edits)
    kind = kind_of(old, new, edits)
    if back is not None:
        quiet = Judgement(kind=ChangeKind.RETURN, news=False, edits=edits, returned_to=back.observed_at)
    else:
        quiet = Judgement(kind=kind, news=False, edits=edits)
    if kind is not ChangeKind.SUBSTANTIVE:
        return quiet
    told = _told(
        quiet.kind, edits, old, new, topics=topics, language=language, service=service, observed_on=observed_on
    )
    return replace(told, returned_to=quiet.returned_to)


def judge_post(
    text: str, *, topics: Sequence[Topic], language: str, service: str, observed_on: date, news: bool
) -> Judgement:
    """Judge a blog post seen for the first time: all of it is new.

    news: False on the first visit to a blog, when its older posts are only put on record.
    """
    new = passages(text)
    edits = tuple(
        Edit(kind=EditKind.ADDED, before=None, after=passage, before_index=None, after_index=index)
        for index, passage in enumerate(new)
    )
    if not news:
        return Judgement(kind=ChangeKind.POST, news=False, edits=edits)
    return _told(
        ChangeKind.POST, edits, (), new, topics=topics, language=language, service=service, observed_on=observed_on
    )


def _told(
    kind: ChangeKind,
    edits: tuple[Edit, ...],
    old: Sequence[Passage],
    new: Sequence[Passage],
    *,
    topics: Sequence[Topic],
    language: str,
    service: str,
    observed_on: date,
) -> Judgement:
    found = flags(edits, topics, language=language, service=service, before=old, after=new)
    told = facts(edits, found, new, language=language, observed_on=observed_on)
    return Judgement(
        kind=kind,
        news=True,
        severity=severity_of(found, told, on=observed_on),
        edits=edits,
        flags=found,
        facts=told,
    )
