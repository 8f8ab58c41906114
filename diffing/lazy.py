"""Lazy passage: one that knows where it stands, and reads what is around it when asked."""

from collections.abc import Callable
from typing import Any

from diffing.block import Block
from diffing.context import Context
from diffing.passage import Passage, PassageKind

_put = object.__setattr__  # passages are frozen


class LazyPassage(Passage):
    """A passage of a version. Of most passages of a rewrite nobody asks for more than the words."""

    __slots__ = ("_at", "_context")
    _at: int
    _context: Context

    def __init__(self, markdown: str, block: Block, at: int, context: Context) -> None:
        """at: the place of the block in the version. context: what is around the blocks."""
        _put(self, "kind", block.kind)
        _put(self, "markdown", markdown)
        _put(self, "text", block.text)
        _put(self, "links", block.links)
        _put(self, "_at", at)
        _put(self, "_context", context)

    @property
    def section(self) -> tuple[str, ...]:
        """See `Passage`."""
        return self._context.section(self._at)

    @property
    def stem(self) -> tuple[str, ...]:
        """See `Passage`."""
        return self._context.stem(self._at) if self.kind in (PassageKind.ITEM, PassageKind.ROW) else ()

    def __reduce__(self) -> tuple[Callable[..., Passage], tuple[Any, ...]]:
        """Pickled without the version it stands in."""
        return _plain, self._all()


def _plain(
    kind: PassageKind,
    markdown: str,
    text: str,
    section: tuple[str, ...],
    stem: tuple[str, ...],
    links: tuple[str, ...],
) -> Passage:
    return Passage(kind=kind, markdown=markdown, text=text, section=section, stem=stem, links=links)
