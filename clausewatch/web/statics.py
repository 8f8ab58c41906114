"""Statics: the stylesheet, the keys and the icon."""

from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from clausewatch.web.cache import Drawn, drawn
from clausewatch.web.rendering import STATIC
from clausewatch.web.sending import respond

MEDIA: Final = {
    "style.css": "text/css; charset=utf-8",
    "keys.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The files there are; a name of any other is not looked for."""


@cache
def files() -> dict[str, Drawn]:
    """The files by name."""
    return {name: drawn((STATIC / name).read_bytes(), media) for name, media in MEDIA.items()}


async def static(request: Request) -> Response:
    """A file by its name."""
    found = files().get(request.path_params["name"])
    if found is None:
        return Response("clausewatch: no such file\n", 404, media_type="text/plain")
    return respond(request, found, {"Cache-Control": "public, max-age=3600"})
