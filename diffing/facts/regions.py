"""Regions: where the people live that a text speaks of."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from diffing.fact import FactName
from diffing.facts.polarity import state_at
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import lines, names, words

LEFT = 60
"""Characters before a place in which its cue is looked for."""

HEADING = 12
"""Letters a heading may have beside places and still be a bare list of them ("United Kingdom and Switzerland")."""

_NOT_WORDS = re.compile(r"[\W\d_]+")


def regions(text: Text, language: str, *, heading: bool = False, denied: bool = False) -> Iterator[Reading]:
    """Regions and countries whose people the text speaks of; not those it leaves out.

    A place counts after a word like "in" or "residents of", before a word for people ("UK members"), or in a list
    with one that counts. heading: a heading of nothing else may be a bare place. denied: the flag itself is a promise
    not to, so a "not" does not take the place out.
    """
    for found in words("regions", "worldwide", language).finditer(text.words):
        yield text.reading(FactName.REGION, "worldwide", found.start(), found.end())
    bare = heading and len(_NOT_WORDS.sub("", _places(language).sub("", text.words))) <= HEADING
    end, counts, outside = -1, False, False
    for place in _places(language).finditer(text.words):
        if end < 0 or not _LISTED.fullmatch(text.words, end, place.start()):
            outside = _outside(text.words, place.start(), language)
            counts = False
        counts = counts or bare or _cued(text.words, place, language)
        end = place.end()
        if counts and not outside and _lived_in(text.words, place, language, denied=denied):
            yield text.reading(FactName.REGION, _code(str(place.lastgroup)), place.start(), place.end())


def _outside(text: str, start: int, language: str) -> bool:
    clause = re.split(r"[;:.]", text[max(0, start - LEFT) : start])[-1]
    return bool(words("regions", "outside", language).search(clause))


def _cued(text: str, place: re.Match[str], language: str) -> bool:
    left = text[max(0, place.start() - LEFT) : place.start()]
    return bool(_cue(language).search(left)) or bool(_people(language).match(text, place.end()))


def _lived_in(text: str, place: re.Match[str], language: str, *, denied: bool) -> bool:
    start = max(text.rfind(mark, 0, place.start()) for mark in ",;.(") + 1
    clause = text[max(start, place.start() - 2 * LEFT) : place.end() + LEFT]
    if words("regions", "elsewhere", language).search(clause):
        return False
    return denied or not state_at(text, place.start(), language).out


_LISTED = re.compile(
    r"(?:[\s,/&()]|\b(?:and|or|et|ou|the|in|en|au|aux|à|dans|de|du|la|le|les|l|nor|ni|ainsi que"
    r"|und|oder|der|dem|den|im|sowie|y|o|e|el|los|las|del|il|nel|nella|negli|nei|nell|gli|della|of|het|do|da|no|na|os|as"
    r"|dos|das|nos|nas|bem como)\b)*+['’]?"
)


@cache
def _cue(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lines('regions', 'cues', language))})\s*+['’]?$", re.IGNORECASE)


@cache
def _people(language: str) -> re.Pattern[str]:
    people = lines("regions", "people", language)
    listed = r"(?:(?:,| and| or|/|&)? ?(?:the )?[A-Z][\w.]{1,15}){0,6}"
    return re.compile(rf"{listed}(?:['’]s?)? (?:{'|'.join(people)})(?!\w)" if people else r"(?!)")


@cache
def _places(language: str) -> re.Pattern[str]:
    """Names of regions and countries, longest first, each under a group named by its code."""
    known: dict[str, list[str]] = {
        code: list(lines("regions", "names", code, language)) for code in names("regions", "names")
    }
    left_out = set(names("regions", "left_out"))
    for code, name in Locale.parse(language).territories.items():
        if len(code) == 2 and code not in left_out and code != "GB":
            known.setdefault(code, []).append(re.escape(name))
    every = [(pattern, code) for code, patterns in known.items() for pattern in patterns]
    every.sort(key=lambda pair: (-len(pair[0]), pair))
    groups = (f"(?P<c{number}_{code.replace('-', '_')}>{pattern})" for number, (pattern, code) in enumerate(every))
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(groups)})(?!\w)")


def _code(group: str) -> str:
    return group.split("_", 1)[1].replace("_", "-")
