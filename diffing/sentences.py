"""Sentences: a passage's text cut where one statement ends and the next begins."""

import re
from dataclasses import dataclass

_END = re.compile(
    r"(?<=\w)\?(?=[A-ZÀ-Þ][a-zß-ÿ]*[ ,])"
    r"|[.!?…][\"'”’»)\]]{0,2}\s+(?=[^\W_a-zß-öø-ÿ]|[\"'“‘«(\[•])"
    r"|\s[•·]\s+|(?<=[.:;])\s+-\s+|[。！？]"
)
"""A full stop, question or exclamation mark before something that may open a sentence; or an inline bullet, or a dash
after a stop: ". - "; or a question mark that a bad conversion left against its answer: "AI?We never"."""

_LAST_WORD = re.compile(r"[^\s(\[\"'“«]{1,20}\Z")

_SHORT = {
    "en": "e.g i.e etc inc ltd llc corp co vs no nos art sec para mr mrs ms dr st jr u.s u.k u.s.a cf al",
    "fr": "m mm mme dr art al etc ex p.ex cf no n° s.a s.a.s inc ltd i.e e.g st ste",
    "de": "z.b d.h bzw usw abs art nr inkl ggf u.a ca dr st",
    "es": "p.ej ej etc art sr sra s.a núm pág ud uds",
    "it": "es art ecc sig dott s.p.a s.r.l n cfr pag",
    "nl": "bijv d.w.z enz art nr o.a m.b.t incl dr",
    "pt": "p.ex ex etc art sr sra s.a n.º ltda pág",
}
_ORDINALS = {"de": frozenset(map(str, range(1, 32)))}
"""Days, which German writes with a full stop: "ab dem 3. November"."""

ABBREVIATIONS = {
    language: frozenset(words.split()) | _ORDINALS.get(language, frozenset()) for language, words in _SHORT.items()
}
"""Words whose full stop ends no sentence, by language, in lower case and without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. `text == passage.text[start:end]`, without white space at its ends; never empty."""

    text: str
    start: int
    end: int


def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences, in order. language: ISO 639-1; an unknown one is read with English abbreviations.

    A full stop after an abbreviation, a single letter ("A. Data") or a number ("1. Data") ends nothing.

    >>> [s.text for s in sentences("We use data, e.g. Posts. You may object. 2. Rights", "en")]
    ['We use data, e.g. Posts.', 'You may object.', '2. Rights']
    """
    known = ABBREVIATIONS.get(language, ABBREVIATIONS["en"])
    out: list[Sentence] = []
    start = 0
    for mark in _END.finditer(text):
        if mark[0][0] == "." and _abbreviated(text, start, mark.start(), known):
            continue
        bullet = mark[0][0].isspace()
        _add(out, text, start, mark.start() if bullet else mark.end())
        start = mark.end()
    _add(out, text, start, len(text))
    return tuple(out)


def _abbreviated(text: str, start: int, stop: int, known: frozenset[str]) -> bool:
    word = _LAST_WORD.search(text, max(start, stop - 20), stop)
    return (
        word is None or word[0].lower() in known or (len(word[0]) <= 2 and word[0].isalnum() and word.start() == start)
    )


def _add(out: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start:end]
    body = part.strip()
    if body:
        first = start + len(part) - len(part.lstrip())
        out.append(Sentence(text=body, start=first, end=first + len(body)))
