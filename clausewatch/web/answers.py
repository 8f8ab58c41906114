"""Answers: pages over HTTP: who asks, in which language, what is kept, and what is said when there is nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from clausewatch.web.access import COOKIE, Access
from clausewatch.web.cache import Drawn, drawn
from clausewatch.web.files import SANDBOX, File, made
from clausewatch.web.keeping import Keeping
from clausewatch.web.language import split, wished
from clausewatch.web.rendering import render
from clausewatch.web.route import Route, make
from clausewatch.web.sending import FRESH, respond
from clausewatch.web.site import Site
from clausewatch.web.visit import Elsewhere, NoPage, Page, Visit

HTML = "text/html; charset=utf-8"
PRIVATE = {"Cache-Control": "private, no-store"}

log = structlog.get_logger("clausewatch.web")


class Answers:
    """Makes endpoints of page functions."""

    def __init__(self, site: Site, access: Access, keeping: Keeping, *, static: bool = False) -> None:
        self.site = site
        self.access = access
        self.keeping = keeping
        self._static = static

    def page(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a page."""

        async def answer(request: Request) -> Response:
            visit = self.visit(request, route.asked)
            parts = request.path_params
            try:
                return await self._page(request, route, visit, parts)
            except NoPage:
                return await run_in_threadpool(self._no_page, visit)
            except Elsewhere as other:
                return RedirectResponse(quote(visit.link(other.path, **other.query), safe="/?=&%:+,"), 303)

        return answer

    async def shown(self, request: Request, make_page: Callable[[Visit], Page]) -> Response:
        """A page that no route keeps."""
        visit = self.visit(request)
        page = await run_in_threadpool(lambda: self._html(make_page(visit), visit, pack=visit.signed is None))
        return respond(request, page, PRIVATE if visit.signed else FRESH)

    def file(self, file: File) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of what is no page."""

        async def answer(request: Request) -> Response:
            visit = self.visit(request)
            try:
                found = await run_in_threadpool(made, file, visit, dict(request.path_params))
            except NoPage:
                return await run_in_threadpool(self._no_page, visit)
            return respond(request, found, {**FRESH, **SANDBOX})

        return answer

    def visit(self, request: Request, asked: tuple[str, ...] = ()) -> Visit:
        """The visit that a request is."""
        prefix, path = split(request.url.path)
        language = prefix[1:] or wished(request.headers.get("accept-language", ""))
        signed = self.access.signed(request.cookies.get(COOKIE, ""), self.site.now()) if self.access.possible else None
        query = {key: request.query_params[key] for key in asked if key in request.query_params}
        return Visit(
            site=self.site, language=language, prefix=prefix, path=path, query=query, signed=signed, static=self._static
        )

    async def _page(self, request: Request, route: Route, visit: Visit, parts: Mapping[str, str]) -> Response:
        if visit.signed is not None or not route.kept:
            page = await run_in_threadpool(self._drawn, route, visit, parts, pack=visit.signed is None)
            return respond(request, page, PRIVATE if visit.signed else {"Cache-Control": "no-cache"})
        key = (visit.language, visit.prefix, visit.path, *(f"{name}={value}" for name, value in visit.query.items()))
        return respond(request, await self.keeping.get(key, lambda: self._drawn(route, visit, parts)))

    def _drawn(self, route: Route, visit: Visit, parts: Mapping[str, str], *, pack: bool = True) -> Drawn:
        return self._html(make(route, visit, dict(parts)), visit, pack=pack)

    def _html(self, page: Page, visit: Visit, *, pack: bool = True) -> Drawn:
        return drawn(render(page, visit).encode("utf-8", "replace"), HTML, status=page.status, pack=pack)

    def _no_page(self, visit: Visit) -> Response:
        return self._told(visit, "nothing.title", "nothing.told", 404)

    def _told(self, visit: Visit, title: str, told: str, status: int) -> Response:
        say = visit.say
        page = Page(template="nothing.html", title=say(title), values={"told": say(told)}, status=status)
        shown = self._html(page, replace(visit, path="/", query={}))
        return Response(shown.body, status, media_type=HTML)

    async def nothing(self, request: Request, error: Exception) -> Response:
        """What is answered where there is no route, or none for that method."""
        status = int(getattr(error, "status_code", 404))
        headers = dict(getattr(error, "headers", None) or {})
        if request.url.path.startswith("/collection-api/"):
            return JSONResponse({"error": "Not found" if status == 404 else "Method not allowed"}, status, headers)
        if is_program(request):
            return problem(
                status, "nothing at this address" if status == 404 else "this method is not for here", headers
            )
        answer = await run_in_threadpool(self._no_page, self.visit(request))
        answer.status_code = status
        answer.headers.update(headers)
        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        """What is answered when something of ours failed: never what it was, which stands in the log."""
        log.error("failed", path=request.url.path, error=f"{type(error).__name__}: {error}"[:500])
        if is_program(request):
            return problem(500, "something failed here; the log says what")
        return self._told(self.visit(request), "nothing.failed", "nothing.failed_told", 500)


def is_program(request: Request) -> bool:
    """Whether a program asks, by the address."""
    return request.url.path.startswith(("/api/", "/collection-api/"))


CODES = {400: "bad_request", 401: "no_token", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


def problem(status: int, message: str, headers: Mapping[str, str] | None = None, **more: Any) -> JSONResponse:
    """An error of the API: they all have this one shape."""
    body = {"error": {"code": CODES.get(status, "invalid" if status < 500 else "failed"), "message": message, **more}}
    return JSONResponse(body, status, headers=dict(headers or {}))
