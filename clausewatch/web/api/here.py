"""Here: what the endpoints are given, and how they find what is asked for."""

from typing import Annotated

from fastapi import Depends, Query, Request

from clausewatch.web.api.problems import missing
from clausewatch.web.site import Site
from clausewatch.web.store.directory import Listed
from diffing.change import Change

TermsId = Annotated[str, Query(max_length=200, description="Id of terms; all without one.")]
TopicName = Annotated[str, Query(max_length=100, description="Name of a topic; all without one.")]


async def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(_site)]
"""The site that is asked."""


def named(site: Site, terms: str) -> Listed:
    """The text of that id. Raises Problem."""
    listed = site.directory().by_slug.get(terms)
    if listed is None:
        raise missing("text")
    return listed


def document(site: Site, terms: str) -> int | None:
    """The row of the text of that id, None for none. Raises Problem."""
    return named(site, terms).id if terms else None


def slug(site: Site, document_id: int) -> str:
    """The id of the text in that row."""
    return site.directory().by_id[document_id].slug


def found_change(site: Site, change_id: str) -> Change:
    """The change of that id. Raises Problem."""
    found = site.archive.change(change_id)
    if found is None:
        raise missing("change")
    return found
