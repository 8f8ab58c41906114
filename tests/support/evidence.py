"""What a summary says, held against the facts and the flagged words it may say it from."""

import re
from collections.abc import Iterator
from datetime import date

from babel import Locale as Cldr

from alerts.locale import locale
from diffing.change import Change
from diffing.fact import Fact, FactName
from diffing.flag import Effect, Stance

NEGATION = {
    "en": r"\b(?:not|excluded|off|limits?|removed|without)\b",
    "fr": r"\b(?:ne|n’|pas|sauf|aucune|désactivé|limite|retiré|sans)\b",
}
LOSES = frozenset({Effect.LIMITS, Effect.WITHDRAWS, Effect.DROPS_PROTECTION})


def unborne(change: Change, said: str, language: str) -> Iterator[str]:
    """Everything a summary says that neither facts nor flagged words bear out; nothing for a good one."""
    facts = change.judgement.facts
    spoken = said.replace(change.after.document.service, " ")
    words = " ".join(text for flag in change.judgement.flags for text in (flag.before, flag.after) if text)
    yield from _numbers(spoken, facts, language)
    yield from _regions(spoken, facts, language)
    yield from _categories(spoken, facts, language)
    if re.search(NEGATION[language], spoken) and not _negative(change):
        yield f"a negation: {said}"
    for company in ("Microsoft", "LinkedIn", "Bing", "Xandr"):
        if re.search(rf"\b{company}\b", spoken) and company.lower() not in words.lower():
            yield f"{company}: {said}"
    if re.search(r"\bto train\b|\bentraîner\b", spoken) and not re.search(
        r"train|fine-?tun|entra[iî]n|form(?:er|ation)|affin", _around(change, words), re.IGNORECASE
    ):
        yield f"training: {said}"
    if re.search(r"\bwill\b", spoken) and "will" not in words.lower() and not _ahead(change):
        yield f"a future: {said}"


def _around(change: Change, words: str) -> str:
    heads = [
        text
        for flag in change.judgement.flags
        for passage in (change.judgement.edits[flag.edit].after, change.judgement.edits[flag.edit].before)
        if passage is not None
        for text in (*passage.stem, *passage.section)
    ]
    return f"{words} {' '.join(heads)}"


def _numbers(said: str, facts: tuple[Fact, ...], language: str) -> Iterator[str]:
    days = [fact.value for fact in facts if fact.name in (FactName.EFFECTIVE_DATE, FactName.OPT_OUT_BY)]
    written = [locale(language).day(date.fromisoformat(value)) for value in days]
    paths = [fact.value for fact in facts if fact.name in (FactName.OPT_OUT_PATH, FactName.RECIPIENT)]
    rest = said
    for known in sorted((*written, *paths), key=len, reverse=True):
        rest = rest.replace(known, " ")
    yield from (f"the number {number}: {said}" for number in re.findall(r"\d+", rest))


def _regions(said: str, facts: tuple[Fact, ...], language: str) -> Iterator[str]:
    told = {fact.value for fact in facts if fact.name is FactName.REGION}
    known = dict(locale(language).words["regions"])
    for code, name in Cldr.parse(language).territories.items():
        if len(code) == 2 and code not in ("GB", "ZZ", "EU", "EZ", "UN"):
            known.setdefault(code, name)
    for code, name in known.items():
        if code not in told and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
            yield f"the region {code}: {said}"


def _categories(said: str, facts: tuple[Fact, ...], language: str) -> Iterator[str]:
    told = {fact.value for fact in facts if fact.name in (FactName.DATA_USED, FactName.DATA_EXCLUDED)}
    names = {**locale(language).words["categories"], **locale(language).words["people"]}
    rest = said
    for value, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
            rest = rest.replace(name, " ")
            if value not in told:
                yield f"the category {value}: {said}"


def _negative(change: Change) -> bool:
    return any(
        flag.effect in LOSES or flag.stance is Stance.DENIES or flag.before is not None
        for flag in change.judgement.flags
    ) or any(
        fact.name is FactName.DATA_EXCLUDED or (fact.name, fact.value) == (FactName.DEFAULT, "off")
        for fact in change.judgement.facts
    )


def _ahead(change: Change) -> bool:
    seen = change.after.observed_at.date().isoformat()
    return any(fact.name is FactName.EFFECTIVE_DATE and fact.value > seen for fact in change.judgement.facts)
