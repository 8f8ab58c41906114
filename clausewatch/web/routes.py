"""Routes: every page with its address and who may use it. A test asks each of them without the token."""

from typing import Final

from clausewatch.web import forms
from clausewatch.web.language import PREFIXES
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
from clausewatch.web.route import Route

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
    Route(path="/sign-in", make=forms.sign_in_page, asked=("wrong", "back"), kept=False),
)

FORMS: Final[dict[str, forms.Act]] = {
    "/sign-out": forms.sign_out,
    "/change/{change_id}/verdict": forms.judge,
    "/change/{change_id}/acknowledge": forms.acknowledge,
    "/delivery/retry": forms.retry,
}
"""What only whoever is signed in may do, by POST from a form of our own page."""

LANGUAGE_PREFIXES: Final = ("", *PREFIXES)
"""What a page's address may begin with."""

BY_TOKEN: Final = frozenset(FORMS) | {
    "/api/v1/deliveries",
    "/api/v1/changes/{change_id}/verdicts",
    "/api/v1/changes/{change_id}/acknowledgements",
    "/api/v1/deliveries/retry",
}
"""The addresses that are closed to whoever has not shown the token. All others only read, and are for anyone."""

FROM_HERE: Final = frozenset({"/metrics"})
"""The addresses that only a program of this machine may read."""
