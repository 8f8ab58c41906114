"""Tagged: answers of the API with an ETag, sent packed, and not sent again to whoever has them."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from clausewatch.web.cache import drawn
from clausewatch.web.sending import respond


class Tagged(APIRoute):
    """A route whose answers to GET carry an ETag."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the answer tagged."""
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            answer = await handle(request)
            if request.method != "GET" or answer.status_code != 200:
                return answer
            body = await run_in_threadpool(drawn, bytes(answer.body), answer.headers["content-type"])
            return respond(request, body)

        return tagged
