"""Routes: every page with its address and who may use it. A test asks each of them without the token."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clausewatch.web.pages import change, latest
from clausewatch.web.visit import Page, Visit


class May(StrEnum):
    """Who may use a route."""

    ANYONE = "anyone"
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    """Whoever has shown the token; by POST alone, with what the form of our own page brings along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address and the page there. make: from the visit and the parts of the path. asked: keys of the query it reads;
    others are ignored. kept: whether the page is kept in memory until the archive changes."""

    path: str
    make: Callable[..., Page]
    asked: tuple[str, ...] = ()
    kept: bool = True


LISTED = ("topic", "effect", "service", "kind", "show", "since", "until", "before")

PAGES: tuple[Route, ...] = (
    Route(path="/", make=latest.page, asked=LISTED),
    Route(path="/year/{year}", make=latest.year),
    Route(path="/change/{change_id}", make=change.page, asked=("view", "whole")),
)


def make(route: Route, visit: Visit, parts: dict[str, Any]) -> Page:
    """The page at a route. Raises NoPage and Elsewhere."""
    return route.make(visit, **parts)
