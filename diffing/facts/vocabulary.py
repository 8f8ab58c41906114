"""Vocabulary of facts: the word patterns of data/facts, read once and compiled."""

import re
from functools import cache
from typing import Any

from data import folder
from data.reading import parsed

WHOLE = ("en", "fr")
"""Languages all facts are read in."""

PARTIAL = tuple(sorted(path.stem for path in folder("facts").glob("??.yaml")))
"""Languages with a file of their own, in which dates, regions, recipients and legal bases are read."""

LANGUAGES = (*WHOLE, *PARTIAL)
"""Languages whose facts can be read. A text whose language is unknown ("") is read as English."""


def spoken(language: str) -> str | None:
    """The vocabulary's language for a text's, or None where there is none.

    >>> spoken("de"), spoken(""), spoken("fi")
    ('de', 'en', None)
    """
    return language if language in LANGUAGES else None if language else "en"


@cache
def lines(file: str, *path: str) -> tuple[str, ...]:
    """Patterns under `path` in data/facts/`file`.yaml, one a line in the file; none where the path ends early.

    Those of a language with a file of its own stand there, under `file` and the path without the language.

    >>> lines("recipients", "towards", "fr")[0], lines("recipients", "towards", "de")[0]
    ('avec', 'mit')
    """
    own = next((key for key in path if key in PARTIAL), None)
    node: Any = _load(file) if own is None else _load(own).get(file, {})
    for key in path:
        if key != own:
            node = node.get(key, {}) if isinstance(node, dict) else {}
    return tuple(line for line in str(node).split("\n") if line) if node else ()


@cache
def names(file: str, *path: str) -> tuple[str, ...]:
    """Keys under `path` in data/facts/`file`.yaml, in the file's order.

    >>> names("legal_basis")[0]
    'legitimate_interests'
    """
    node: Any = _load(file)
    for key in path:
        node = node[key]
    return tuple(node)


@cache
def words(file: str, *path: str) -> re.Pattern[str]:
    """One pattern for all of a vocabulary's, as whole words in any case; matches nothing where there are none.

    >>> words("cues", "en", "negation").search("We DO NOT sell it")[0]
    'DO NOT'
    """
    return re.compile(whole(lines(file, *path)), re.IGNORECASE)


def whole(patterns: tuple[str, ...]) -> str:
    """An alternation of patterns that starts and ends at the edge of a word."""
    return rf"(?<!\w)(?:{'|'.join(patterns)})(?:(?!\w)|(?<=['’]))" if patterns else r"(?!)"


@cache
def _load(file: str) -> Any:
    return parsed((folder("facts") / f"{file}.yaml").read_text(encoding="utf-8"))
