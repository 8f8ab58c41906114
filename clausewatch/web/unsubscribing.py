"""Unsubscribing: a reader of alerts by mail ends them. The token in the address is the right to, and to nothing else.

Looking at the page does nothing, since mail readers and their guards open links by themselves; a POST does, from the
page's button or from the mail reader at one click (RFC 8058), without cookie or form token.
"""

from collections.abc import Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from clausewatch import wiring
from clausewatch.web.answers import HTML, PRIVATE, Answers
from clausewatch.web.rendering import render
from clausewatch.web.visit import NoPage, Page, Visit

PATH = "/unsubscribe/{token}"

Act = Callable[[Visit, str], Page]
"""What is done for a visit with a token. Raises NoPage for a token that is none of ours."""


class Unsubscribing:
    """The endpoints of the address that stands in a mail."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def asked(self, request: Request) -> Response:
        """Ask whether to end the alerts."""
        return await self._answer(request, _ask)

    async def done(self, request: Request) -> Response:
        """End the alerts. What is sent along does not matter."""
        return await self._answer(request, _end)

    async def _answer(self, request: Request, act: Act) -> Response:
        visit = self._answers.visit(request)
        try:
            page = await run_in_threadpool(act, visit, request.path_params["token"])
        except NoPage:
            return await self._answers.nothing(request, NoPage())
        shown = await run_in_threadpool(render, page, replace(visit, path="/", query={}))
        return Response(shown.encode("utf-8", "replace"), media_type=HTML, headers=PRIVATE)


def _ask(visit: Visit, token: str) -> Page:
    if (endpoint := wiring.subscriber(visit.site.archive, token)) is None:
        raise NoPage
    return _page(visit, endpoint, token, done=False)


def _end(visit: Visit, token: str) -> Page:
    site = visit.site
    if (endpoint := wiring.unsubscribe(site.config, site.archive, token, now=site.now)) is None:
        raise NoPage
    return _page(visit, endpoint, token, done=True)


def _page(visit: Visit, endpoint: str, token: str, *, done: bool) -> Page:
    values = {"address": endpoint.partition("/")[2] or endpoint, "token": token, "done": done}
    return Page(template="unsubscribe.html", title=visit.say("unsubscribe.title"), values=values)
