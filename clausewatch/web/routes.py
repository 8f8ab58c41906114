"""Routes: every page with its address and who may use it. A test asks each of them without the token."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clausewatch.web.pages import (
    about,
    change,
    coming_up,
    diff,
    health,
    latest,
    search,
    services,
    terms,
    topic,
    version,
)
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
    Route(path="/diff/{before_id}/{after_id}", make=diff.page, asked=("view", "whole")),
    Route(path="/version/{version_id}", make=version.page),
    Route(path="/services", make=services.index),
    Route(path="/service/{slug}", make=services.service),
    Route(path="/terms/{slug}", make=terms.page, asked=("a", "b")),
    Route(path="/terms/{slug}/on", make=terms.on_a_day, asked=("day",)),
    Route(path="/terms/{slug}/{number}", make=terms.page),
    Route(path="/topic/{name}", make=topic.page, asked=("stance",)),
    Route(path="/topic/{name}/{number}", make=topic.page, asked=("stance",)),
    Route(path="/search", make=search.page, asked=("q", "page", "topic", "service", "current")),
    Route(path="/coming-up", make=coming_up.page, kept=False),
    Route(path="/health", make=health.page, kept=False),
    Route(path="/about", make=about.page),
)


def make(route: Route, visit: Visit, parts: dict[str, Any]) -> Page:
    """The page at a route. Raises NoPage and Elsewhere."""
    return route.make(visit, **parts)
