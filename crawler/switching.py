"""Switching: a page whose text was read by plain HTTP before and in the browser now, or the other way round. Pure.

The two ways read the same declared part of the same page. So texts that are mostly the same differ, where they
differ, by what the publisher did. Where they are not, scripts made most of the difference, and what the publisher did
cannot be told from it: that is said, never told to subscribers, and never passed over.
"""

from collections import Counter
from collections.abc import Collection

from diffing.version import Version
from diffing.warning import TermsWarning, WarningReason

ALIKE = 0.8
"""Least share of the longer text that stands line by line in both. Of the newest 3,000 changes in a public archive,
failed loads among them, 76 % keep as much (2026-11-25)."""


def alike(before: str, after: str) -> bool:
    """Whether what lies between a text read in one way and one read in the other is the publisher's doing.

    >>> alike("We keep your name.\\n\\nWe keep your posts.\\n", "Loading")
    False
    """
    old, new = (Counter(line for line in text.splitlines() if line.strip()) for text in (before, after))
    return _size(old & new) >= ALIKE * max(_size(old), _size(new), 1)


def cannot_be_told(version: Version, topics: Collection[str]) -> TermsWarning:
    """The warning of a text that is not alike. topics: those flagged in what lies between the two, ours or not."""
    way = "in the browser" if version.extractor.endswith("browser") else "without the browser"
    flagged = f"; {', '.join(sorted(topics))} would have been flagged" if topics else ""
    return TermsWarning(
        reason=WarningReason.SWITCH,
        where=version.url,
        what=f"read {way} for the first time, and too different to tell the publisher's changes from that{flagged}",
        todo="compare the last two versions (`clausewatch history`, `clausewatch diff`)",
    )


def _size(lines: Counter[str]) -> int:
    return sum(len(line) * times for line, times in lines.items())
