"""Route: a page and its address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clausewatch.web.visit import Page, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address and the page there. make: from the visit and the parts of the path. asked: keys of the query it reads;
    others are ignored. kept: whether the page is kept in memory until the archive changes."""

    path: str
    make: Callable[..., Page]
    asked: tuple[str, ...] = ()
    kept: bool = True


def make(route: Route, visit: Visit, parts: dict[str, Any]) -> Page:
    """The page at a route. Raises NoPage and Elsewhere."""
    return route.make(visit, **parts)
