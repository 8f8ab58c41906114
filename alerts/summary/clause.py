"""The main clause: what the leading flag says is done with people's data."""

import re
from collections.abc import Sequence
from datetime import date

from alerts.locale import Locale
from alerts.summary.actor import Actor
from alerts.summary.names import of
from alerts.summary.share import sentence_of
from alerts.summary.values import day, values
from diffing.fact import Fact, FactName
from diffing.facts.vocabulary import LANGUAGES
from diffing.facts.vocabulary import words as cue
from diffing.flag import Effect, Flag, Stance

CATEGORIES = 5
"""Categories of data told; of more, the first ones and "other data"."""

SALIENT = (
    "private_messages", "biometric", "health", "profile", "posts", "comments", "resumes", "photos_videos", "audio",
    "user_content", "files", "ai_interactions", "prompts", "group_activity", "location", "search_history",
)  # fmt: skip
"""Categories told before others: what people wrote, said and showed."""

_MAY = re.compile(
    r"\b(?:may|might|can|could|grant|licen[cs]e|peut|peuvent|pouvons|pourr\w+|accord\w+)\b", re.IGNORECASE
)
_WILL = re.compile(r"\b(?:will|are going to|allons)\b|['’]ll\b|\b\w{3,20}erons\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\b(?:(?:live|reside|located|based|are|members|users|people|residents) outside|outside (?:of )?the"
    r"|en dehors d|hors d[eu])\b",
    re.IGNORECASE,
)
_CONDITIONS = [("cues", language, name) for language in LANGUAGES for name in ("opted_out", "consent")]
_GENERATIVE = re.compile(r"\b(?:generative|content-generating|générative)\b", re.IGNORECASE)


def clause(
    flag: Flag, facts: Sequence[Fact], *, plain: bool, who: Actor, post: bool, service: str, seen: date, words: Locale
) -> tuple[str, frozenset[FactName]]:
    """The clause, and the names of the facts it told.

    plain: the words name what the topic's clauses name; else only the topic is told. who: acts in the flagged
    sentence. post: it is a blog post's, which may be about somebody else. service: its name, clean. seen: the day the
    change was observed; what holds later "will" be.
    """
    own = plain and "introduces_unsaid" in words.words.get(flag.topic, ())
    section = flag.topic if own else "other_topic"
    form = _form(flag, who, post=post, conditional=_conditional(flag)) if plain else "rewords"
    since = day(facts, FactName.EFFECTIVE_DATE)
    template = words.text(section, form)
    modal = _modal(flag, later=since is not None and since > seen)
    sentence = sentence_of(flag)
    said = template.format(
        service=service,
        de_service=of(service),
        topic=words.topic(flag.topic),
        modal=words.text("modals", modal),
        lets=words.text("modals", f"{modal}_let"),
        be=words.text("modals", f"{modal}_be"),
        data=data(facts, FactName.DATA_EXCLUDED if form == "denies" else FactName.DATA_USED, words),
        ai=words.text("words", "generative_ai" if _GENERATIVE.search(sentence) else "ai"),
        when=words.text("sentences", "when").format(day=words.day(since)) if since else "",
        where=_where(facts, sentence, words),
    )
    told = {name for name, slot in _SLOTS.items() if slot in template}
    if form == "denies":
        told.add(FactName.DATA_EXCLUDED)
    return said, frozenset(told)


_SLOTS = {FactName.EFFECTIVE_DATE: "{when}", FactName.REGION: "{where}", FactName.DATA_USED: "{data}"}


def data(facts: Sequence[Fact], name: FactName, words: Locale) -> str:
    """Categories as a list, the salient first; "people's data" where the text names none."""
    found = values(facts, name)
    if len(found) > 1:
        found = [value for value in found if value != "personal_data"]
    found.sort(key=lambda value: SALIENT.index(value) if value in SALIENT else len(SALIENT))
    named = [words.words["people"].get(value) or words.category(value) for value in found]
    if len(named) > CATEGORIES:
        named = [*named[: CATEGORIES - 1], words.text("words", "other_data")]
    return words.listed(named) if named else words.text("words", "people_data")


def _conditional(flag: Flag) -> bool:
    """Whether a refusal holds only for those who opt out or have not consented: no promise to everybody."""
    sentence = sentence_of(flag)
    return any(cue(file, language, name).search(sentence) for file, language, name in _CONDITIONS)


def _form(flag: Flag, who: Actor, *, post: bool, conditional: bool) -> str:
    """Which of a topic's clauses fits stance, effect and actor; where they are not clear, that it changed."""
    own = who is Actor.PUBLISHER
    match (flag.effect, flag.stance):
        case (Effect.INTRODUCES, Stance.PERMITS | Stance.LIMITS):
            unsaid = "introduces_reported" if post else "introduces_unsaid"
            return {Actor.PUBLISHER: "introduces", Actor.OTHERS: "introduces_others"}.get(who, unsaid)
        case (Effect.LIMITS, Stance.DENIES) if own and not conditional:
            return "denies"
        case (Effect.LIMITS, _):
            return "limits_reported" if post and not own else "limits"
        case (Effect.WITHDRAWS, _):
            return "withdraws"
        case (Effect.DROPS_PROTECTION, Stance.DENIES) if not conditional:
            return "drops_denies"
        case (Effect.DROPS_PROTECTION, _):
            return "drops_limits"
    return "rewords"


def _modal(flag: Flag, *, later: bool) -> str:
    """The verb's mood: that of the first verb which has one; "so that they can" behind it says nothing of this."""
    sentence = sentence_of(flag)
    may, will = _MAY.search(sentence), _WILL.search(sentence)
    if may and not (will and will.start() < may.start()):
        return "may"
    return "will" if later or will else "does"


def _where(facts: Sequence[Fact], sentence: str, words: Locale) -> str:
    """Regions told, or that it holds for some only: "if you live outside Switzerland"."""
    regions = words.where(values(facts, FactName.REGION))
    if not regions and _OUTSIDE.search(sentence):
        regions = words.text("words", "in_some_regions")
    return words.text("sentences", "where").format(regions=regions) if regions else ""
