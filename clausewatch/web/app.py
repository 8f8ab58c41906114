"""App: the pages, the pictures' numbers and the API as one ASGI application."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.middleware import Middleware

from clausewatch import __version__
from clausewatch.web.access import Access
from clausewatch.web.answers import Answers
from clausewatch.web.files import FILES
from clausewatch.web.guard import Guard
from clausewatch.web.routes import PAGES
from clausewatch.web.site import Site
from clausewatch.web.statics import static


def create(site: Site) -> FastAPI:
    """The application over a site."""
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
    answers = Answers(site, access)
    for file in FILES:
        app.add_route(file.path, answers.file(file), methods=["GET", "HEAD"], include_in_schema=False)
    for route in PAGES:
        for prefix in ("", "/en", "/fr"):
            path = prefix + route.path if route.path != "/" or not prefix else f"{prefix}/"
            app.add_route(path, answers.page(route), methods=["GET", "HEAD"], include_in_schema=False)
    app.add_route("/static/{name}", static, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_exception_handler(404, answers.nothing)
    app.add_exception_handler(405, answers.nothing)
    app.add_exception_handler(Exception, answers.failed)
    return app


def hosts(public_url: str, host: str, more: Iterable[str]) -> frozenset[str]:
    """The names the site is asked for by."""
    public = urlsplit(public_url).hostname
    return frozenset(name.casefold() for name in (public, host, *more) if name)
