"""Grammar: how a language says who acts, that one does not, may not, or only if."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from diffing.topics.cues import Cues
from diffing.topics.replies import Replies
from diffing.topics.tokens import Token, fold_text, tokens
from diffing.topics.vocabulary import Mention, Mentions, Vocabulary

CLASSES = (
    "publisher", "ours", "subject", "person", "person_acts", "restriction", "grant", "negation", "affirmed",
    "exception", "if_person", "consent", "opt_out", "means", "relative", "contrast", "excepting", "pointer", "light",
)  # fmt: skip
"""Word classes every language file gives; data/languages/en.yaml says what each is for."""

OPTIONAL = (
    "negation_after", "narrowing", "aside", "exclusive", "condition", "wish", "soft_restriction", "reserved", "yours",
    "beforehand", "example", "referring", "joining", "assent", "refusal",
)  # fmt: skip
"""Classes a language may leave out; data/languages/en.yaml says what each is for. negation_after: German may deny a
verb behind it ("wir trainieren unsere Modelle nicht")."""

FREE = ("subject", "negation", "publisher", "ours", "exception", "if_person", "consent", "exclusive")
"""Classes a longer phrase of another class does not hide: in "we use", a grant perhaps, "we" is still a subject."""

SHARED = ("means", "opt_out", "consent", "negation", "publisher", "ours", "person", "assent", "refusal")
"""Classes a topic's rules may name as well as the topic's own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """A language's shared word classes.

    light: folded words whose coming or going alone changes nothing. excepting: folded words that open an
    exception. joining: folded words that join the parts of an enumeration. replies: words for yes and no.
    """

    language: str
    words: Mapping[str, tuple[str, ...]] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    light: frozenset[str] = field(repr=False)
    excepting: frozenset[str] = field(repr=False)
    joining: frozenset[str] = field(repr=False)
    replies: Replies = field(repr=False)

    def refers(self, text: str) -> bool:
        """Whether a sentence speaks of the one before it: "you may object to this processing"."""
        referring = _referring(self)
        if referring is None:
            return False
        cues, pattern = referring
        return cues.met(text) and pattern.search(fold_text(text)) is not None


@lru_cache
def _referring(grammar: Grammar) -> tuple[Cues, re.Pattern[str]] | None:
    """A quick look, and what decides; looking for so many phrases is slow."""
    phrases = grammar.words.get("referring")
    if not phrases:
        return None
    return Cues({"referring": phrases}, [("referring", "referring")]), re.compile(rf"\b(?:{_any_of(phrases)})\b")


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these, their first words tried once each."""
    begun: dict[str, list[str]] = {}
    for phrase in phrases:
        first, space, rest = fold_text(phrase).partition(" ")
        begun.setdefault(re.escape(first), []).append(re.escape(space + rest))
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in begun.items())


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, or what stands above one, as tokens and mentions of the grammar's and a topic's word classes."""

    tokens: Sequence[Token]
    grammar: Mentions
    topic: Mentions

    def of(self, name: str) -> Sequence[Mention]:
        """Mentions of a class, of the topic's first."""
        return self.topic.get(name) or self.grammar.get(name) or ()


def read(text: str, grammar: Grammar, vocabulary: Vocabulary) -> Reading:
    """Tokenise a text and find the word classes in it."""
    found = tokens(text)
    return Reading(found, grammar.vocabulary.mentions(found), vocabulary.mentions(found))
