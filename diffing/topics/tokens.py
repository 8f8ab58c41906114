"""Tokens: the words and stops of a sentence, folded so that spelling, case and accents do not matter."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\(s\)|https?://\S+|www\.\S+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)?['’ʼ]?|\d+|[.,;:!?()|/•·—–]")
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Accents that stand for themselves once a letter is taken apart."""

_ELIDED = "l d j n s c m t qu lorsqu puisqu jusqu quelqu un all dell nell sull dall"
_ELISIONS = frozenset(_ELIDED.split())
STOPS = frozenset(".,;:!?()|/•·—–")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a stop. form: folded to lower case without accents; start, end: where it stands, in characters."""

    form: str
    start: int
    end: int


def fold_text(text: str) -> str:
    """Lower case, without accents.

    >>> fold_text("Modèle")
    'modele'
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    return _MARKS.sub("", unicodedata.normalize("NFD", lower)).replace("œ", "oe")


fold = lru_cache(maxsize=1 << 13)(fold_text)
"""The same for single words, remembered."""


@lru_cache(maxsize=1 << 10)
def tokens(text: str) -> tuple[Token, ...]:
    """Words and stops in order; "don't" is "not", "l'IA" is "l" and "ia".

    Hyphens, quotes, web addresses and "(s)" are dropped.

    >>> [token.form for token in tokens("We don't fine-tune the Model(s); l'IA.")]
    ['we', 'not', 'fine', 'tune', 'the', 'model', ';', 'l', 'ia', '.']
    """
    out: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word == "(s)" or "://" in word or word.startswith("www."):
            continue
        if word[0].isalpha():
            _word(out, word, match.start())
        else:
            out.append(Token(word, match.start(), match.end()))
    return tuple(out)


def _word(out: list[Token], word: str, start: int) -> None:
    end = start + len(word)
    head, _, tail = word.replace("’", "'").replace("ʼ", "'").partition("'")
    if tail == "t" and head[-1] in "nN":
        out.append(Token("not", start, end))
    elif tail and fold(head) in _ELISIONS:
        out.append(Token(fold(head), start, start + len(head) + 1))
        out.append(Token(fold(tail), start + len(head) + 1, end))
    else:
        out.append(Token(fold(head), start, end))
