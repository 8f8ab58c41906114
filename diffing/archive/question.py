"""Question: what somebody types into a search box, as words, phrases and what must not be there."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from diffing.archive.errors import EmptyQuestion

LONGEST = 400
"""Characters of a question that are read."""

MOST = 16
"""Terms of a question that are read."""

OPERATORS = ("AND", "OR", "NOT")
"""Words that are none, in capitals."""

SHORTEST_START = 3
"""Letters a word's beginning must have (`entra*`): fewer begin too many words."""

_TERM = re.compile(r'(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, or words that stand beside each other. words: folded, never empty. start: the last may go on.

    exact: typed in quotation marks, so that no other form of it is meant.
    """

    words: tuple[str, ...]
    start: bool = False
    exact: bool = False

    @property
    def match(self) -> str:
        """As FTS5 writes it. Only letters and digits stand in it, so nothing is left to interpret."""
        return f'"{" ".join(self.words)}"' + ("*" if self.start else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Every group must be met by one of its terms, and none of `without`.

    typed: of one that was widened, `match` before that; what fits it comes first.
    """

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()
    typed: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms that may be found."""
        return tuple(term for group in self.groups for term in group)

    @property
    def match(self) -> str:
        """As FTS5 writes it."""
        wanted = " AND ".join(f"({' OR '.join(term.match for term in group)})" for group in self.groups)
        unwanted = " OR ".join(term.match for term in self.without)
        return f"({wanted}) NOT ({unwanted})" if unwanted else wanted

    def widened(self, forms: Callable[[str], Sequence[str]]) -> "Question":
        """The same, in which a single word that is not exact may stand in any of its forms. Those of `without` stay."""
        return Question(
            groups=tuple(tuple(one for term in group for one in _forms(term, forms)) for group in self.groups),
            without=self.without,
            typed=self.match,
        )


def _forms(term: Term, forms: Callable[[str], Sequence[str]]) -> Iterator[Term]:
    if term.start or term.exact or len(term.words) > 1:
        yield term
    else:
        yield from (Term(words=(word,)) for word in forms(term.words[0]))


def question(text: str) -> Question:
    """Read a question: words that must all stand in a passage, in any order, whatever their accents and case.

    `"legitimate interest"` is a phrase, `entraîn*` a beginning, `-cookies` must not be there, `advert* OR ads` is
    either; AND and NOT mean what they mean elsewhere. Raises EmptyQuestion when nothing is left to look for, or when
    too much would be found.

    >>> question('Entraîn* "intérêt légitime" -cookies').match
    '(("entrain"*) AND ("interet legitime")) NOT ("cookies")'
    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    either = negated = False
    for found in list(_TERM.finditer(text[:LONGEST]))[:MOST]:
        if found["word"] in OPERATORS:
            either, negated = found["word"] == "OR" and bool(groups), found["word"] == "NOT"
            continue
        term = _term(found)
        if term is None:
            continue
        if found["without"] or negated:
            without.append(term)
        elif either:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = negated = False
    if not groups:
        raise EmptyQuestion(
            "the search", f"{text[:80]!r} names no word to look for", 'name one, as in: train* "legitimate interest"'
        )
    return Question(groups=tuple(tuple(group) for group in groups), without=tuple(without))


def _term(found: re.Match[str]) -> Term | None:
    text = found["word"] if found["word"] is not None else found["phrase"]
    words = tuple(words_of(text))
    if not words:
        return None
    start = text.endswith("*")
    if start and len(words[-1]) < SHORTEST_START:
        todo = "begin it with at least three letters, as in: train*"
        raise EmptyQuestion("the search", f"{text[:80]!r} begins too many words", todo)
    return Term(words=words, start=start, exact=found["word"] is None)


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded."""
    return (fold(word) for word in _WORD.findall(text.encode("utf-8", "replace").decode()))


def fold(word: str) -> str:
    """A word without accents and case, as the full text has it.

    >>> fold("Données")
    'donnees'
    """
    if word.isascii():
        return word.lower()
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))
