"""Opting out: where in the settings, and at which address."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from diffing.fact import FactName
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import lines, whole, words

STEP = 60
"""Longest step of a path through the settings, in characters."""

ADDRESS = 2000
"""Longest address told, in characters."""

_ARROW = r"\s?(?:>|→|›|»|➔|➜|⇒|->|=>|&gt;)\s?"
_STEP = rf"[^\s>→›»➔➜⇒|.;:,()\[\]\"“”«-][^>→›»➔➜⇒|;:()\[\]\"“”«\n]{{0,{STEP}}}?"
_CHAIN = re.compile(
    rf"(?:{_STEP}{_ARROW}){{1,6}}{_STEP}(?=[.,;:)\]\"”»]|\s[(|–—]|$|\s(?:and|to|then|where|or|if|by|et|pour|puis|ou|afin|où|en)\s)"
)
_QUOTED = re.compile(r"[\"“«]\s?([^\"“”«»]{3,80}?)[,.]?\s?[\"”»]")


def objects(words_: str, language: str) -> bool:
    """Whether a text speaks of opting out or objecting.

    >>> objects("You can opt out at any time.", "en")
    True
    """
    return bool(words("routes", language, "objection").search(words_))


def paths(text: Text, language: str, links: Sequence[tuple[str, int, int]] = ()) -> Iterator[Reading]:
    """Where in the settings one can opt out: a path with arrows, a quoted setting, or just the settings.

    links: as in `addresses`; a last step that is linked is as long as its link ("Data for AI").
    """
    if not objects(text.words, language):
        return
    for chain in _CHAIN.finditer(text.words):
        start = _first_step(text.words, chain, language)
        end = max([chain.end(), *(last for _, first, last in links if first < chain.end() < last <= first + STEP)])
        steps = [step.strip(" '’\"“”«»*") for step in re.split(_ARROW, text.words[start:end])]
        yield text.reading(FactName.OPT_OUT_PATH, " > ".join(steps), start, end)
        return
    for quoted in _QUOTED.finditer(text.words):
        if _switch(language).match(text.words, quoted.end()) or _switch_before(language).search(
            text.words, 0, quoted.start()
        ):
            yield text.reading(FactName.OPT_OUT_PATH, quoted[1].strip(), quoted.start(1), quoted.end(1))
            return
    for setting in _led_setting(language).finditer(text.words):
        yield text.reading(FactName.OPT_OUT_PATH, setting["name"].lower(), setting.start("name"), setting.end("name"))
        return


def addresses(text: Text, links: Sequence[tuple[str, int, int]], language: str) -> Iterator[Reading]:
    """The address of a link in a sentence about opting out.

    links: target, and where its words stand in `text.words`. The link whose own words speak of objecting or of a
    setting goes first; a sentence with one link needs no such word.
    """
    if not objects(text.words, language):
        return
    good = [link for link in links if _tellable(link[0])]
    named = [link for link in good if _route(text.words[link[1] : link[2]], language)]
    for target, start, end in named[:1] or (good if len(good) == 1 else []):
        yield text.reading(FactName.OPT_OUT_URL, target, start, end)


def _route(anchor: str, language: str) -> bool:
    return objects(anchor, language) or bool(words("routes", language, "setting").search(anchor))


def _tellable(target: str) -> bool:
    """Only http and https, a host, no control or bidirectional characters, no name or password, not endless."""
    if len(target) > ADDRESS or not target.isprintable() or any(character.isspace() for character in target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


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
def _switch(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(lines('routes', language, 'switch'))})(?!\w)", re.IGNORECASE)


@cache
def _switch_before(language: str) -> re.Pattern[str]:
    return re.compile(rf"{whole(lines('routes', language, 'switch'))}\s(?:\w+\s){{0,2}}$", re.IGNORECASE)


@cache
def _led_setting(language: str) -> re.Pattern[str]:
    lead = whole(lines("routes", language, "lead"))
    setting = whole(lines("routes", language, "setting"))
    return re.compile(
        rf"{lead}\s(?:(?:your|the|our|vos|votre|les|le|la|nos|des)\s)?(?:[\w-]{{1,20}}\s){{0,4}}?(?P<name>{setting})",
        re.IGNORECASE,
    )
