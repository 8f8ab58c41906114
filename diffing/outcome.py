"""Outcome: what one visit to a document came to, in a word."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of a visit; `crawl` prints it, programs compare the value."""

    NEW = "new"
    """The first version of this document."""
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    RETURN = "return"
    """The text is back to one recorded before."""
    COSMETIC = "cosmetic"
    LINKS = "links"
    UPGRADE = "upgrade"
    """Our declaration or extractor changed, not the publisher."""
    POST = "post"
    """A blog post seen for the first time."""
    FAULT = "fault"
