"""The main clause: what the leading flag says is done with people's data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alerts.locale import Locale
from alerts.summary.actor import Actor
from alerts.summary.goal import goal, involving
from alerts.summary.names import of, possessive
from alerts.summary.recipients import companies
from alerts.summary.share import sentence_of
from alerts.summary.values import data, day, values
from diffing.fact import Fact, FactName
from diffing.facts.vocabulary import WHOLE
from diffing.facts.vocabulary import words as cue
from diffing.flag import Effect, Flag, Stance
from diffing.passage import Passage

_MAY = re.compile(
    r"\b(?:may|might|can|could|grant|licen[cs]e|peut|peuvent|pouvons|pourr\w+|accord\w+)\b", re.IGNORECASE
)
_WILL = re.compile(r"\b(?:will|are going to|allons)\b|['’]ll\b|\b\w{3,20}erons\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\b(?:live|reside|located|based|are|members|users|people|residents) outside\b"
    r"|(?<!countries )(?<!servers )(?<!places )\boutside (?:of )?(?:the )?"
    r"(?:EU|EEA|UK|European|United|Designated|US\b|U\.S\.|Switzerland)"
    r"|\b(?:en dehors|hors) d[eu](?: l['’]| la)?\s?(?:UE|EEE|Union|Espace|Royaume|Suisse|États|pays désignés)",
    re.IGNORECASE,
)
_OR_OUTSIDE = re.compile(r"\b(?:or|and|ou|et) (?:outside|en dehors|hors)\b", re.IGNORECASE)
DENIED = frozenset({"denies", "denies_unsaid"})
"""Forms that say what is not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a clause is about.

    flag: the leading one. passage: it stands in. facts: those that belong to it. plain: the words name what the topic's
    clauses name; else only the topic is told. who: acts in the flagged sentence. post: it is a blog post's, which may
    be about somebody else. rewritten: so much came and went that only "changed" is true. service: its name, clean.
    kept: another flag of the topic says that it is done still, so that its withdrawal is no more than a rewording.
    seen: the day the change was observed.
    """

    flag: Flag
    passage: Passage | None
    facts: Sequence[Fact]
    plain: bool
    who: Actor
    post: bool
    rewritten: bool
    kept: bool
    service: str
    seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A main clause. text: without the full stop. told: names of the facts it told. form: which of a topic's."""

    text: str
    told: frozenset[FactName]
    form: str


def clause(about: Subject, words: Locale) -> Clause:
    """Say what the leading flag says is done, in the form that its stance, effect and actor allow."""
    flag, sentence = about.flag, sentence_of(about.flag)
    own = about.plain and "introduces_unsaid" in words.words.get(flag.topic, ())
    form = _form(about) if about.plain and not about.rewritten else "rewords"
    template = words.text(flag.topic if own else "other_topic", form)
    said, plural = data(about.facts, FactName.DATA_EXCLUDED if form in DENIED else FactName.DATA_USED, words)
    if form == "opt_out" and not values(about.facts, FactName.DATA_USED):
        said = words.text("words", "their_data")
    since = day(about.facts, FactName.EFFECTIVE_DATE)
    later = since if since is not None and since > about.seen else None
    modal = _modal(sentence, since=since, later=later)
    named = companies(about.facts, about.service)
    are = words.text("modals", "are" if plural else "is")
    text = template.format(
        service=about.service,
        de_service=of(about.service),
        of_service=possessive(about.service),
        topic=words.topic(flag.topic),
        modal=words.text("modals", modal),
        lets=words.text("modals", f"{modal}_let"),
        serve=words.text("modals", f"{modal}_serve").format(are=are),
        are=are,
        others=words.listed(named) if named else words.text("words", "others"),
        data=said,
        involving=involving(sentence, words.named(flag.topic), about.service, words),
        when=words.text("sentences", "when").format(day=words.day(later)) if later else "",
        where=_where(about, sentence, words),
        **goal(sentence, _head(about.passage) if about.passage else "", words),
    )
    return Clause(text=text, told=_told(template, form, later=later, named=named), form=form)


def _told(template: str, form: str, *, later: date | None, named: Sequence[str]) -> frozenset[FactName]:
    told = {name for name, slot in _SLOTS.items() if slot in template}
    if later is None:
        told.discard(FactName.EFFECTIVE_DATE)
    if not named:
        told.discard(FactName.RECIPIENT)
    if form in DENIED:
        told.add(FactName.DATA_EXCLUDED)
    if form == "without_consent":
        told.add(FactName.LEGAL_BASIS)
    return frozenset(told)


_SLOTS = {
    FactName.EFFECTIVE_DATE: "{when}",
    FactName.REGION: "{where}",
    FactName.DATA_USED: "{data}",
    FactName.RECIPIENT: "{others}",
}


def _head(passage: Passage) -> str:
    """What the flagged words hang from, where they may leave it to say what is trained."""
    return " ".join((*passage.stem[-1:], *passage.section[-1:]))


def _said_of(sentence: str, file: str, name: str) -> bool:
    return any(cue(file, language, name).search(sentence) for language in WHOLE)


def _form(about: Subject) -> str:
    """Which of a topic's clauses fits stance, effect and actor; where they are not clear, that it changed."""
    own = about.who is Actor.PUBLISHER
    match (about.flag.effect, about.flag.stance):
        case (Effect.INTRODUCES, Stance.PERMITS | Stance.LIMITS):
            unsaid = "introduces_reported" if about.post else "introduces_unsaid"
            return {Actor.PUBLISHER: "introduces", Actor.OTHERS: "introduces_others"}.get(about.who, unsaid)
        case (Effect.LIMITS, _):
            return "limits_reported" if about.post and not own else _limit(about)
        case (Effect.WITHDRAWS, _) if not about.kept:
            return "withdraws"
        case (Effect.DROPS_PROTECTION, Stance.DENIES) if not _conditional(about):
            return "drops_denies"
        case (Effect.DROPS_PROTECTION, _):
            return "drops_limits"
    return "rewords"


def _limit(about: Subject) -> str:
    """Which limit is new: a promise to all, one that consent lifts, a way out, or some other."""
    sentence, own = sentence_of(about.flag), about.who is Actor.PUBLISHER
    denies = about.flag.stance is Stance.DENIES
    refuses = denies or _said_of(sentence, "cues", "negation")
    if denies and not _conditional(about):
        return "denies" if own else "denies_unsaid"
    if refuses and own and _said_of(sentence, "cues", "consent"):
        return "without_consent"
    if about.flag.before is None and _said_of(sentence, "routes", "way_out"):
        return "opt_out"
    return "limits"


def _conditional(about: Subject) -> bool:
    """Whether a refusal holds only for those who opt out, have not consented, or for some people."""
    sentence = sentence_of(about.flag)
    return any(_said_of(sentence, "cues", name) for name in ("opted_out", "consent", "case", "unless"))


def _modal(sentence: str, *, since: date | None, later: date | None) -> str:
    """The verb's mood: that of the first verb which has one; "so that they can" behind it says nothing of this.

    "Will" is for a day to come, or for a text that says "will" and no day.
    """
    may, will = _MAY.search(sentence), _WILL.search(sentence)
    if may and not (will and will.start() < may.start()):
        return "may"
    return "will" if later or (will and since is None) else "does"


def _where(about: Subject, sentence: str, words: Locale) -> str:
    """Regions told, or that it holds for some only: "if you live outside Switzerland"."""
    regions = words.where(values(about.facts, FactName.REGION))
    above = " ".join(about.passage.section[-2:]) if about.passage else ""
    if _OR_OUTSIDE.search(f"{above} {sentence}") or (not regions and _OUTSIDE.search(sentence)):
        regions = words.text("words", "in_some_regions")
    return words.text("sentences", "where").format(regions=regions) if regions else ""
