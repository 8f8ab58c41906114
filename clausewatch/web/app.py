"""App: the pages, the pictures' numbers, the forms and the API as one ASGI application."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from clausewatch import __version__
from clausewatch.web.access import Access
from clausewatch.web.answers import Answers
from clausewatch.web.api import changes, collection, findings, listing, versions_feed, writing
from clausewatch.web.api.problems import Problem, answer_invalid, answer_problem
from clausewatch.web.files import FILES
from clausewatch.web.forms import Forms
from clausewatch.web.guard import Guard
from clausewatch.web.keeping import Keeping
from clausewatch.web.pages import programs
from clausewatch.web.probes import probes
from clausewatch.web.routes import FORMS, LANGUAGE_PREFIXES, PAGES
from clausewatch.web.site import Site
from clausewatch.web.statics import static
from clausewatch.web.unsubscribing import PATH, Unsubscribing

READ: Final = ["GET", "HEAD"]


def create(site: Site, *, static_site: bool = False) -> FastAPI:
    """The application over a site. static_site: its pages are to be written to files."""
    web = site.config.web
    app = FastAPI(
        title=web.title,
        version=__version__,
        summary="What platforms say about people's data, and what they changed.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        middleware=[Middleware(Guard, hosts=hosts(web.public_url, web.host, web.hosts))],
        redirect_slashes=False,
    )
    access = Access(web.token.get_secret_value())
    keeping = Keeping(site)
    app.state.site, app.state.access, app.state.keeping = site, access, keeping
    answers = Answers(site, access, keeping, static=static_site)
    for part in (listing, changes, findings, writing, collection, versions_feed):
        app.include_router(part.routes)
    _add_pages(app, answers)
    _add_forms(app, Forms(answers))
    _add_unsubscribing(app, Unsubscribing(answers))
    for path, endpoint in probes(site).items():
        app.add_route(path, endpoint, methods=["GET"], include_in_schema=False)
    app.add_route("/static/{name}", static, methods=READ, include_in_schema=False)
    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(404, answers.nothing)
    app.add_exception_handler(405, answers.nothing)
    app.add_exception_handler(Exception, answers.failed)
    return app


def _add_pages(app: FastAPI, answers: Answers) -> None:
    for file in FILES:
        for prefix in LANGUAGE_PREFIXES:
            app.add_route(f"{prefix}{file.path}", answers.file(file), methods=READ, include_in_schema=False)
    for route in PAGES:
        for prefix in LANGUAGE_PREFIXES:
            app.add_route(f"{prefix}{route.path}", answers.page(route), methods=READ, include_in_schema=False)

    async def told(request: Request) -> Response:
        return await answers.shown(request, lambda visit: programs.page(visit, app.openapi()))

    app.add_route("/api/v1/docs", told, methods=READ, include_in_schema=False)


def _add_forms(app: FastAPI, forms: Forms) -> None:
    app.add_route("/sign-in", forms.sign_in, methods=["POST"], include_in_schema=False)
    for path, act in FORMS.items():
        app.add_route(path, forms.signed(act), methods=["POST"], include_in_schema=False)


def _add_unsubscribing(app: FastAPI, part: Unsubscribing) -> None:
    app.add_route(PATH, part.asked, methods=READ, include_in_schema=False)
    app.add_route(PATH, part.done, methods=["POST"], include_in_schema=False)


def hosts(public_url: str, host: str, more: Iterable[str]) -> frozenset[str]:
    """The names the site is asked for by."""
    public = urlsplit(public_url).hostname
    return frozenset(name.casefold() for name in (public, host, *more) if name)
