"""Rereading: what a kept version would be as read today, so that our own change is never told as the publisher's.

Three things of ours change a text: the extractor, the declaration, and the switch to the main content of a page whose
selectors have stopped matching (or back). Each time the earlier captures are read again in today's way, and what the
publisher did is what lies between that and the new text.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from crawler.declarations import Declaration
from crawler.extraction import Extraction, extract, extractor_of
from crawler.observation import Observation
from diffing.capture import Capture
from diffing.version import Document, Version


class ReExtract(Protocol):
    """Reads earlier captures by today's declaration and extractor; None when that is not possible.

    main: sources, by number, of which the main content is to be taken whatever their selectors match.
    """

    def __call__(
        self, document: Document, captures: Sequence[Capture], *, main: Collection[int] = ()
    ) -> Extraction | None:
        """Read them."""


def never(document: Document, captures: Sequence[Capture], *, main: Collection[int] = ()) -> None:
    """For histories without captures."""


def by_declarations(known: Iterable[Declaration]) -> ReExtract:
    """Read earlier captures by these declarations; None for other documents, and when the captures no longer fit."""
    declared = {declaration.document: declaration for declaration in known}

    def re_extract(document: Document, captures: Sequence[Capture], *, main: Collection[int] = ()) -> Extraction | None:
        declaration = declared.get(replace(document, collection=""))
        if declaration is None or [capture.source for capture in captures] != [s.fetch for s in declaration.sources]:
            return None
        extraction = extract(captures, declaration, main=main)
        return extraction if isinstance(extraction, Extraction) else None

    return re_extract


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The current version as it would be read today, to compare a new text with.

    version: the current one, with today's text, extractor and declaration. gone: sources, by number, of which only
    the main content can be read in it, while the declared selectors match in the new pages. switched: it came by plain
    HTTP and the new text by the browser, or the other way round.
    """

    version: Version
    gone: tuple[int, ...] = ()
    switched: bool = False


def needs_reading(current: Version, observation: Observation) -> bool:
    """Whether the current version was made in another way than the new text."""
    ours = (observation.extractor, observation.declaration)
    if (current.extractor, current.declaration) != ours or current.fallback is not bool(observation.fallback):
        return True
    return current.fallback and len(observation.captures) > 1  # of which sources, only reading tells


def reread(
    current: Version, captures: Sequence[Capture], observation: Observation, re_extract: ReExtract
) -> Base | None:
    """The current version as read today, from its captures; None when they cannot be read again."""
    read = re_extract(current.document, captures, main=observation.fallback)
    if read is None:
        return None
    switched = any(one.by_browser for one in captures) is not any(one.by_browser for one in observation.captures)
    version = replace(
        current,
        text=read.text,
        extractor=extractor_of(captures) if switched else observation.extractor,
        declaration=observation.declaration,
        fallback=bool(read.fallback),
    )
    gone = tuple(sorted(set(read.fallback) - set(observation.fallback)))
    return Base(version=version, gone=gone, switched=switched)
