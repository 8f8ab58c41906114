"""The main clause: what the leading flag says is done with people's data."""

import re
from collections.abc import Sequence
from datetime import date

from alerts.locale import Locale
from alerts.summary.names import of
from alerts.summary.values import day, values
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Flag, Stance

CATEGORIES = 4
"""Categories of data told; of more, the first ones and "other data"."""

SALIENT = (
    "private_messages", "posts", "profile", "photos_videos", "audio", "prompts", "ai_interactions", "user_content",
    "files", "resumes", "comments", "biometric", "health",
)  # fmt: skip
"""Categories told before others: what people wrote, said and showed."""

_OWN = re.compile(r"\b(?:we|our|us|nous|nos|notre)\b|['’]ll\b", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:may|might|can|could|grant|licen[cs]e|peut|peuvent|pouvons|pourr\w+|accord\w+)\b", re.IGNORECASE
)
_WILL = re.compile(r"\b(?:will|are going to|allons)\b|['’]ll\b|\b\w{3,20}erons\b", re.IGNORECASE)
_GENERATIVE = re.compile(r"\b(?:generative|content-generating|générative)\b", re.IGNORECASE)


def clause(
    flag: Flag, facts: Sequence[Fact], *, stem: str, service: str, seen: date, words: Locale
) -> tuple[str, frozenset[FactName]]:
    """The clause, and the names of the facts it told.

    stem: what the flagged passage hangs from, where who acts is often said. service: its name, clean.
    seen: the day the change was observed; what holds later "will" be.
    """
    section = flag.topic if "introduces_unsaid" in words.words.get(flag.topic, ()) else "other_topic"
    form = _form(flag, f"{stem} {_sentence(flag)}", service)
    since = day(facts, FactName.EFFECTIVE_DATE)
    template = words.text(section, form)
    said = template.format(
        service=service,
        de_service=of(service),
        topic=words.topic(flag.topic),
        modal=words.text("modals", _modal(flag, later=since is not None and since > seen)),
        data=data(facts, FactName.DATA_EXCLUDED if form == "denies" else FactName.DATA_USED, words),
        ai=words.text("words", "generative_ai" if _GENERATIVE.search(_sentence(flag)) else "ai"),
        when=words.text("sentences", "when").format(day=words.day(since)) if since else "",
        where=_where(facts, words),
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
    named = [words.category(value) for value in found]
    if len(named) > CATEGORIES:
        named = [*named[: CATEGORIES - 1], words.text("words", "other_data")]
    return words.listed(named) if named else words.text("words", "people_data")


def _form(flag: Flag, said: str, service: str) -> str:
    """Which of a topic's clauses fits stance and effect; where neither is clear, that it changed.

    said: the words that may tell who acts. Only where they name the publisher is it told as acting.
    """
    own = bool(_OWN.search(said)) or service.lower() in said.lower()
    match (flag.effect, flag.stance):
        case (Effect.INTRODUCES, Stance.PERMITS | Stance.LIMITS):
            return "introduces" if own else "introduces_unsaid"
        case (Effect.LIMITS, Stance.DENIES) if own:
            return "denies"
        case (Effect.LIMITS, _):
            return "limits"
        case (Effect.WITHDRAWS, _):
            return "withdraws"
        case (Effect.DROPS_PROTECTION, Stance.DENIES):
            return "drops_denies"
        case (Effect.DROPS_PROTECTION, _):
            return "drops_limits"
    return "rewords"


def _modal(flag: Flag, *, later: bool) -> str:
    sentence = _sentence(flag)
    if _MAY.search(sentence):
        return "may"
    return "will" if later or _WILL.search(sentence) else "does"


def _sentence(flag: Flag) -> str:
    return flag.after if flag.after is not None else flag.before or flag.evidence


def _where(facts: Sequence[Fact], words: Locale) -> str:
    regions = words.where(values(facts, FactName.REGION))
    return words.text("sentences", "where").format(regions=regions) if regions else ""
