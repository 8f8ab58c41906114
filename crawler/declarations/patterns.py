"""Patterns: users' regular expressions, run by RE2: no text, however made, costs more than time in proportion."""

from functools import lru_cache
from typing import Protocol

import re2

MEMORY = 8 << 20
"""Bytes RE2 may use for one pattern."""
LONGEST = 1_000
"""Characters of a pattern or replacement."""


class Pattern(Protocol):
    """The part of a compiled pattern that is used."""

    def search(self, text: str) -> object | None:
        """Whether it matches somewhere."""

    def sub(self, replacement: str, text: str) -> str:
        """The text with every match replaced; `\\1` in the replacement is the first group."""


class PatternError(ValueError):
    """It is no pattern that can be run; the message says why, in a clause."""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern:
    r"""The pattern, ready to run. Raises PatternError.

    >>> compiled(r"\d+ views").sub("", "a 12 views b")
    'a  b'
    """
    if len(pattern) > LONGEST:
        raise PatternError(f"more than {LONGEST:,} characters")
    options = re2.Options()
    options.max_mem = MEMORY
    options.log_errors = False
    try:
        made: Pattern = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        raise PatternError(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from error
    if made.search("") is not None:
        raise PatternError("it matches the empty text, so it would match everywhere")
    return made
