"""Sending: a drawn answer over HTTP, packed where the reader takes it, and not at all where they have it already."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from clausewatch.web.cache import Drawn

FRESH = {"Cache-Control": "no-cache"}
"""Kept by browsers, but asked for again each time; the ETag makes that cheap."""


def respond(request: Request, page: Drawn, headers: Mapping[str, str] = FRESH) -> Response:
    """The answer: 304 when the reader has this very body."""
    sent = {**headers, "ETag": page.etag, "Vary": "Accept-Encoding, Accept-Language"}
    if page.status == 200 and has(request.headers.get("if-none-match", ""), page.etag):
        return Response(status_code=304, headers=sent)
    body = page.body
    if page.packed and takes_gzip(request.headers.get("accept-encoding", "")):
        body = page.packed
        sent["Content-Encoding"] = "gzip"
    return Response(body, page.status, headers=sent, media_type=page.media)


def has(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag; whether weakly or not makes no difference.

    >>> has('"a", W/"b"', '"b"'), has("*", '"a"'), has("", '"a"')
    (True, True, False)
    """
    return header.strip() == "*" or etag in {part.strip().removeprefix("W/") for part in header.split(",")}


def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    >>> takes_gzip("gzip, br"), takes_gzip("br"), takes_gzip("gzip;q=0")
    (True, False, False)
    """
    for part in header.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
