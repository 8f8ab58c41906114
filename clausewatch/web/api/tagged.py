"""Tagged: answers of the API with an ETag, kept while the archive stands, and not sent again to whoever has them."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from clausewatch.web.cache import drawn
from clausewatch.web.keeping import Keeping
from clausewatch.web.sending import respond


class Tagged(APIRoute):
    """A route whose answers to GET carry an ETag. What it answers depends on the address and the archive alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the answer tagged and kept."""
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            keeping: Keeping = request.app.state.keeping
            key = ("api", request.headers.get("host", ""), request.url.path, request.url.query)
            kept = keeping.kept(key)
            if kept is not None:
                return respond(request, kept)
            async with keeping.turn(key):
                kept = keeping.kept(key)
                if kept is None:
                    answer = await handle(request)
                    if answer.status_code != 200:
                        return answer
                    kept = drawn(bytes(answer.body), answer.headers["content-type"])
                    keeping.keep(key, kept)
            return respond(request, kept)

        return tagged
