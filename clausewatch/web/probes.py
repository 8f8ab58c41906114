"""Probes: /healthz and /readyz for whoever starts processes again, /metrics for Prometheus, beside the pages."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from clausewatch.health.answers import Endpoint, endpoints
from clausewatch.health.metrics import Metrics
from clausewatch.web.guard import host_name, is_loopback
from clausewatch.web.site import Site

FORWARDED: Final = ("forwarded", "via", "x-forwarded-for", "x-real-ip")
"""Headers a proxy adds: what comes through one comes from elsewhere, though the proxy is of this machine."""


def probes(site: Site) -> dict[str, Endpoint]:
    """The endpoints by path. /metrics is for programs of this machine only; the others say nothing but how it goes.

    A process that answers at all is alive: one that hangs does not answer.
    """
    found = endpoints(Metrics(site.report), alive=lambda at: True, now=site.now)
    return {**found, "/metrics": _inside(found["/metrics"])}


def _inside(endpoint: Endpoint) -> Endpoint:
    def answer(request: Request) -> Response:
        if from_here(request):
            return endpoint(request)
        return PlainTextResponse("clausewatch: the numbers are for programs of this machine; see daemon.listen\n", 403)

    return answer


def from_here(request: Request) -> bool:
    """Whether a request was made on this machine and under its own name, with no proxy between."""
    client = request.client.host if request.client else ""
    named = host_name(request.headers.get("host", ""))
    return (
        is_loopback(client)
        and (named == "localhost" or is_loopback(named))
        and not any(name in request.headers for name in FORWARDED)
    )
