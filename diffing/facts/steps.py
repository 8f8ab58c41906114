"""Steps: where in the settings one can opt out, as a path or as the name of a setting."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from diffing.fact import FactName
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import lines, whole, words

STEP = 60
"""Longest step of a path through the settings, in characters."""

_ARROW = r"\s?(?:>|→|›|»|➔|➜|⇒|->|=>|&gt;)\s?"
_STEP = rf"[^\s>→›»➔➜⇒|.;:,()\[\]\"“”«-][^>→›»➔➜⇒|;:()\[\]\"“”«\n]{{0,{STEP}}}?"
_CHAIN = re.compile(
    rf"(?:{_STEP}{_ARROW}){{1,6}}{_STEP}(?=[.,;:)\]\"”»]|\s[(|–—]|$|\s(?:and|to|then|where|or|if|by|et|pour|puis|ou|afin|où|en)\s)"
)
_QUOTED = re.compile(r"[\"“«]\s?([^\"“”«»]{3,80}?)[,.]?\s?[\"”»]")
_SMALL = r"(?:and|for|from|of|on|the|to|your|with|others|de|des|du|la|le|les|et|pour|sur|avec|à)"
_NAME = rf"[A-Z][\w&'’/-]{{0,30}}(?:\s(?:{_SMALL}\s){{0,3}}(?:&\s|[ld]['’])?[A-Z][\w&'’/-]{{0,30}}){{0,5}}"
"""Words of a setting's name: capitals, with small words between them ("Data from others for Ads")."""


_PLURAL = {"setting": "settings", "paramètre": "paramètres", "réglage": "réglages"}
"""What a setting without a name is told as."""


def paths(text: Text, language: str, links: Sequence[tuple[str, int, int]] = ()) -> Iterator[Reading]:
    """Where in the settings one can opt out; the text is known to speak of opting out.

    The first of: a path with arrows, a path in words ("Settings, then Privacy"), a quoted setting, a setting named in
    capitals, just the settings. links: target, and where its words stand in `text.words`; a last step that is linked
    is as long as its link ("Data for AI").
    """
    for kind in (_arrows, _told, _quoted, _capitals, _bare):
        found = kind(text, language, links)
        if found is not None:
            value, start, end = found
            yield text.reading(FactName.OPT_OUT_PATH, value, start, end)
            return


_Found = tuple[str, int, int]
_Links = Sequence[tuple[str, int, int]]


def _arrows(text: Text, language: str, links: _Links) -> _Found | None:
    chain = _CHAIN.search(text.words)
    if chain is None:
        return None
    start = _first_step(text.words, chain, language)
    end = max([chain.end(), *(last for _, first, last in links if first < chain.end() < last <= first + STEP)])
    steps = [step.strip(" '’\"“”«»*") for step in re.split(_ARROW, text.words[start:end])]
    return " > ".join(steps), start, end


def _told(text: Text, language: str, links: _Links) -> _Found | None:
    chain = _in_words(language).search(text.words)
    if chain is None:
        return None
    steps = re.split(rf"{_next(language)}", chain["steps"])
    return " > ".join(step.strip(" '’\"“”«»*") for step in steps), chain.start("steps"), chain.end("steps")


def _quoted(text: Text, language: str, links: _Links) -> _Found | None:
    for quoted in _QUOTED.finditer(text.words):
        if _switch(language).match(text.words, quoted.end()) or _switch_before(language).search(
            text.words, 0, quoted.start()
        ):
            return quoted[1].strip(), quoted.start(1), quoted.end(1)
    return None


def _capitals(text: Text, language: str, links: _Links) -> _Found | None:
    for found in _named_setting(language).finditer(text.words):
        if not words("routes", language, "generic").search(found["name"]):
            return found["name"], found.start("name"), found.end("name")
    return None


def _bare(text: Text, language: str, links: _Links) -> _Found | None:
    for setting in _led_setting(language).finditer(text.words):
        name = setting["name"].lower()
        others = setting[0][: setting.start("name") - setting.start()].split()[1:]
        elsewhere = name not in _PLURAL and "setting" not in name and any(word[:1].isupper() for word in others)
        if not name.startswith("control") and not elsewhere:
            return _PLURAL.get(name, name), setting.start("name"), setting.end("name")
    return None


def _first_step(text: str, chain: re.Match[str], language: str) -> int:
    """Where the first step starts: behind the last "go to", "in", "under" … before the first arrow."""
    arrow = re.search(_ARROW, text[chain.start() : chain.end()])
    stop = chain.start() + (arrow.start() if arrow else 0)
    start = chain.start()
    for lead in words("routes", language, "lead").finditer(text, chain.start(), stop):
        if text[lead.end() : stop].strip():
            start = lead.end()
    step = re.compile(r"[\s\"“«'*]*(?:(?:your|the|vos|votre|les|le|la) )?").match(text, start, stop)
    return step.end() if step else start


@cache
def _next(language: str) -> str:
    return rf"(?:{'|'.join(lines('routes', language, 'next'))})"


@cache
def _in_words(language: str) -> re.Pattern[str]:
    """A path in words: capitalised steps with "then", "select" … between them, behind "go to", "in" …"""
    step = rf"[\"“«]?\s?(?-i:{_NAME})\s?[\"”»]?"
    articles = r"(?:(?:your|the|our|vos|votre|les|le|la)\s)?"
    lead = whole(lines("routes", language, "lead"))
    return re.compile(
        rf"{lead}\s{articles}(?P<steps>{step}(?:{_next(language)}{articles}{step}){{1,5}})", re.IGNORECASE
    )


@cache
def _switch(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(lines('routes', language, 'switch'))})(?!\w)", re.IGNORECASE)


@cache
def _switch_before(language: str) -> re.Pattern[str]:
    return re.compile(rf"{whole(lines('routes', language, 'switch'))}\s(?:\w+\s){{0,2}}$", re.IGNORECASE)


@cache
def _named_setting(language: str) -> re.Pattern[str]:
    """A setting with a name in capitals, the noun before or behind it as the language has it."""
    noun = "|".join(lines("routes", language, "switch"))
    before, behind = rf"(?-i:{_NAME})\s(?:{noun})(?!\w)", rf"(?:{noun})\s(?-i:{_NAME})"
    name = behind if lines("routes", language, "noun_first") else before
    lead = whole(lines("routes", language, "lead"))
    return re.compile(rf"{lead}\s(?:(?:your|the|our|vos|votre|les|le|la|l['’])\s?)?(?P<name>{name})", re.IGNORECASE)


@cache
def _led_setting(language: str) -> re.Pattern[str]:
    lead = whole(lines("routes", language, "lead"))
    setting = whole(lines("routes", language, "setting"))
    return re.compile(
        rf"{lead}\s(?:(?:your|the|our|vos|votre|les|le|la|nos|des)\s)?(?:[\w-]{{1,20}}\s){{0,4}}?(?P<name>{setting})",
        re.IGNORECASE,
    )
