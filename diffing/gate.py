"""Gate: whether a text is too odd to be believed at first sight."""

import re

from diffing.fault import FaultReason

SIZEABLE = 1000
"""Characters a text must have had before its loss can look odd."""

COLLAPSED = 0.3
"""Share of its length below which a text has lost most of itself.

Measured on 25,828 recorded changes (2026-11-23): 274 keep under 20 % and 82 % of those have the old length back within
three versions; 61 more keep 20 to 30 %, half of them back; at 50 % to 60 % most are real. Holding one back costs one
visit.
"""

SHRUNK = 0.5
"""Share of its length below which a text that is believed is worth a look by the operator."""

_WORD = re.compile(r"[^\W_]")


def shrank(before: str, after: str) -> bool:
    """Whether a text that had some size has lost half of itself or more.

    >>> shrank("word " * 400, "word " * 150)
    True
    """
    return len(before) >= SIZEABLE and len(after) <= len(before) * SHRUNK


def suspicion(before: str, after: str, *, language_before: str, language_after: str) -> FaultReason | None:
    """Why the new Markdown of a document should be held back until a second visit confirms it; None to trust it.

    before: "" when there was none. EMPTY: no words at all. COLLAPSED: most of the text is gone. WRONG_LANGUAGE: both
    languages are known and differ.

    >>> suspicion("", "* * *", language_before="", language_after="")
    <FaultReason.EMPTY: 'empty'>
    """
    if not _WORD.search(after):
        return FaultReason.EMPTY
    if len(before) >= SIZEABLE and len(after) < len(before) * COLLAPSED:
        return FaultReason.COLLAPSED
    if language_before and language_after and language_before != language_after:
        return FaultReason.WRONG_LANGUAGE
    return None
