"""Opting out: where in the settings, and at which address."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from diffing.fact import FactName
from diffing.facts import steps
from diffing.facts.reading import Reading, Text
from diffing.facts.vocabulary import words

ADDRESS = 2000
"""Longest address told, in characters."""


def objects(words_: str, language: str) -> bool:
    """Whether a text speaks of opting out or objecting.

    >>> objects("You can opt out at any time.", "en")
    True
    """
    return bool(words("routes", language, "objection").search(words_))


def paths(text: Text, language: str, links: Sequence[tuple[str, int, int]] = ()) -> Iterator[Reading]:
    """Where in the settings one can opt out, if the text speaks of opting out. links: as in `addresses`."""
    if objects(text.words, language):
        yield from steps.paths(text, language, links)


def addresses(text: Text, links: Sequence[tuple[str, int, int]], language: str) -> Iterator[Reading]:
    """The address of a link in a sentence about opting out.

    links: target, and where its words stand in `text.words`. The link whose own words speak of objecting or of a
    setting goes first; a sentence with one link needs no such word, unless it only says where to learn more.
    """
    objection = words("routes", language, "objection").search(text.words)
    if objection is None:
        return
    good = [link for link in links if _tellable(link[0])]
    named = [link for link in good if _route(text.words[link[1] : link[2]], language)]
    behind = [link for link in good if link[1] >= objection.start()]
    one = next((links for links in (good, behind) if len(links) == 1), [])
    for target, start, end in named[:1] or [link for link in one if _way_out(link, text.words, objection, language)]:
        yield text.reading(FactName.OPT_OUT_URL, target, start, end)


def _way_out(link: tuple[str, int, int], text: str, objection: re.Match[str], language: str) -> bool:
    """Whether a sentence's one link leads out: not to a text to read, nor only to more on how to opt out."""
    _, start, end = link
    between = text[end : objection.start()] if end <= objection.start() else ""
    return not (
        words("routes", language, "document").search(text[start:end])
        or words("routes", language, "learn_more").search(f"{text[start:end]} {between}")
    )


def _route(anchor: str, language: str) -> bool:
    return objects(anchor, language) or bool(words("routes", language, "setting").search(anchor))


def _tellable(target: str) -> bool:
    """Only http and https, a host, no control or bidirectional characters, no name or password, not endless."""
    if len(target) > ADDRESS or not target.isprintable() or any(character.isspace() for character in target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
