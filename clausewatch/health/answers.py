"""Answers: /healthz, /readyz and /metrics as one ASGI application, for the daemon and for the pages alike."""

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from clausewatch.health.metrics import CONTENT_TYPE, Metrics
from data.errors import ClausewatchError

Alive = Callable[[datetime], bool]
Endpoint = Callable[[Request], Response]


def application(metrics: Metrics, *, alive: Alive, now: Callable[[], datetime]) -> Starlette:
    """The application over the endpoints."""
    found = endpoints(metrics, alive=alive, now=now)
    return Starlette(routes=[Route(path, handler, methods=["GET"]) for path, handler in found.items()])


def endpoints(metrics: Metrics, *, alive: Alive, now: Callable[[], datetime]) -> dict[str, Endpoint]:
    """The endpoints by path. alive: whether the process does its work.

    /healthz: 200 "ok", or 503 when the process hangs and should be started again. /readyz: 200 "ready", or 503 with
    why when the archive cannot be read or the configuration not be followed. /metrics: the page Prometheus reads.
    """

    def healthz(request: Request) -> Response:
        return PlainTextResponse("ok\n") if alive(now()) else PlainTextResponse("nothing has moved\n", 503)

    def readyz(request: Request) -> Response:
        try:
            metrics.page()
        except ClausewatchError as error:
            return PlainTextResponse(f"{error.what}; {error.todo}\n", 503)
        return PlainTextResponse("ready\n")

    def page(request: Request) -> Response:
        try:
            return Response(metrics.page(), headers={"Content-Type": CONTENT_TYPE})
        except ClausewatchError as error:
            return PlainTextResponse(f"{error.what}; {error.todo}\n", 503)

    return {"/healthz": healthz, "/readyz": readyz, "/metrics": page}
