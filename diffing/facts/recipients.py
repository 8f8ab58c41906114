"""Recipients: who gets the data."""

import re
from collections.abc import Iterator
from functools import cache

from diffing.fact import FactName
from diffing.facts.polarity import state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import lines, names, whole, words

REACH = 250
"""Characters after a verb of giving in which its recipients stand."""

OPENING = 80
"""Characters at the start of an item, or around "receives" and "processed by", in which the recipient is named."""

BETWEEN = 60
"""Characters between one recipient and the next of the same list."""


def recipients(text: Text, language: str, *, stem: str = "") -> Iterator[Reading]:
    """Groups and named companies that data is shared with, disclosed to, sold to …; not those it is kept from.

    stem: what the text hangs from. Under "We share it:" an item names its recipient first ("With our partners: …").
    """
    yield from _receivers(text, language)
    seen = 0
    if _opens(stem, language):
        for found in _listed(re.split(r"[:;.](?=\s|$)", text.words[:OPENING])[0], language):
            seen = found.end()
            yield text.reading(FactName.RECIPIENT, _value(found), found.start(), found.end())
    for verb in words("recipients", "gives", language).finditer(text.words):
        start = max(seen, verb.end())
        window = re.split(r"[;.](?=\s|$)", text.words[start : start + REACH])[0]
        for found in _listed(window, language):
            seen = start + found.end()
            if not state_at(text.words, start + found.start(), language).out:
                yield text.reading(FactName.RECIPIENT, _value(found), start + found.start(), start + found.end())


def _opens(stem: str, language: str) -> bool:
    """Whether a list of recipients hangs from it: "We may disclose data about you:"."""
    verbs = list(words("recipients", "gives", language).finditer(stem[-REACH:]))
    return stem.rstrip().endswith(":") and bool(verbs) and not state_at(stem, len(stem), language).out


def _receivers(text: Text, language: str) -> Iterator[Reading]:
    """Those who are said to receive data, or by whom it is processed."""
    for verb in words("recipients", "receives", language).finditer(text.words):
        before = text.words[max(0, verb.start() - OPENING) : verb.start()]
        for found in _marks(language).finditer(before):
            if found.lastgroup != "towards" and not before[found.end() :].strip():
                start = verb.start() - len(before) + found.start()
                if not state_at(text.words, verb.start(), language).out:
                    yield text.reading(FactName.RECIPIENT, _value(found), start, start + len(found[0]))
    for verb in words("recipients", "received_by", language).finditer(text.words):
        window = text.words[verb.end() : verb.end() + OPENING]
        groups = names("recipients", "groups")
        first = next((mark for mark in _marks(language).finditer(window) if mark.lastgroup in groups), None)
        if first and _NEAR.fullmatch(window, 0, first.start()) and not state_at(text.words, verb.start(), language).out:
            start = verb.end() + first.start()
            yield text.reading(FactName.RECIPIENT, _value(first), start, start + len(first[0]))


def _listed(window: str, language: str) -> Iterator[re.Match[str]]:
    """Recipients after "with" or "to": the first near it, the next near the one before."""
    reach = -1
    for mark in _marks(language).finditer(window):
        if mark.lastgroup == "towards":
            reach = mark.end()
        elif reach >= 0 and mark.start() - reach <= BETWEEN and "|" not in window[reach : mark.start()]:
            if mark.lastgroup == "company" and not _LINK.fullmatch(window, reach, mark.start()):
                continue
            reach = mark.end()
            yield mark


_NEAR = re.compile(r"\s(?:(?:our|the|its|such|these|certain|nos|des|ces|les|third[- ]party)\s)*+")

_LINK = re.compile(
    r"""[\s,(“"]*+(?:(?:
        and|or|with|to|including|such\ as|like|e\.g\.|for\ example|namely|our|the|its|their|parent|company|affiliates?
        |subsidiar(?:y|ies)|partners?|owner|et|ou|dont|notamment|comme|par\ exemple|notre|nos|sa|ses|la|les|sociétés?
        |mère|groupe|y\ compris|tels?\ que|telles?\ que
        |und|oder|unser\w{0,2}|einschließlich|y|o|e|nuestr[oa]s?|nostr[oaie]|incluid[oa]|inclus[oaie]|como|onze|noss[oa]s?
        |en|of|waaronder|zoals|incluindo|compres[oaie]|wie|Mutter(?:gesellschaft|konzern)
    )[\s,]++){0,6}+""",
    re.VERBOSE,
)
"""What may stand between "with", or the recipient before, and a company's name."""


def _value(found: re.Match[str]) -> str:
    return found[0] if found.lastgroup == "company" else str(found.lastgroup)


@cache
def _marks(language: str) -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{group}>(?i:{whole(lines('recipients', 'groups', group, language))}))"
        for group in names("recipients", "groups")
    )
    towards = f"(?P<towards>(?i:{whole(lines('recipients', 'towards', language))}))"
    word = rf"(?!(?i:{'|'.join(lines('recipients', 'not_names', language))})(?!\w))[A-Z][\w&-]{{0,40}}[\w&]"
    people = whole(lines("recipients", "people", language))
    known = lines("recipients", "companies", language)
    if known:
        return re.compile(f"{groups}|{towards}|(?P<company>{whole(known)})")
    company = (
        rf"(?P<company>(?<![\w-]){word}(?:\.(?:com|ai|org|io|net))?(?: {word}){{0,3}}(?!\w|['’]s)(?! (?i:{people})))"
    )
    return re.compile(f"{groups}|{towards}|{company}")
