"""Links: where the linked words of a passage stand in its plain text."""

import re

from diffing.passage import Passage
from diffing.plain import plain

LINKS = 200
"""Links of one passage looked at; a longer passage is a list of links."""

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]\\]|\\.){1,300})\]\(")


def links(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    """Target, start and end (in the passage's text) of each link whose words can be found, in order.

    >>> from diffing.passages import passages
    >>> links(passages("Opt out in your [settings](https://example.org/s).")[0])
    (('https://example.org/s', 16, 24),)
    """
    found, cursor = [], 0
    for link in list(_LINK.finditer(passage.markdown))[:LINKS]:
        _, targets = plain(passage.markdown[link.start() :].partition("\n")[0][:3000])
        words, _ = plain(link[1])
        start = passage.text.find(words, cursor) if words else -1
        if start >= 0 and targets:
            found.append((targets[0], start, start + len(words)))
            cursor = start + len(words)
    return tuple(found)
