"""Writing: what whoever has the token may change: verdicts, acknowledgements, retries. Nothing else can be written.

The token comes as `Authorization: Bearer TOKEN`, never as a cookie, so that no page of somebody else can send it.
"""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from clausewatch.web import acts
from clausewatch.web.access import RETRY, Access, TooManyTries
from clausewatch.web.api import shapes
from clausewatch.web.api.here import Here
from clausewatch.web.api.problems import ERRORS, MISSING, ErrorBody, Problem, missing
from clausewatch.web.rendering import iso
from clausewatch.web.store import health
from diffing.flag import Effect

REFUSED: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": ErrorBody, "description": "No token, or a wrong one."},
    403: {"model": ErrorBody, "description": "No token is configured, so nobody may write."},
    429: {"model": ErrorBody, "description": "Too many wrong tokens from this address within a minute."},
    **MISSING,
    **ERRORS,
}


async def _allowed(request: Request) -> None:
    access: Access = request.app.state.access
    if not access.possible:
        raise Problem(403, "forbidden", "no token is configured under [web], so nobody may do this")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    host = request.client.host if request.client else ""
    try:
        shown = scheme.casefold() == "bearer"
        right = shown and access.right(token.strip(), address=host, now=request.app.state.site.now())
    except TooManyTries:
        raise Problem(429, "too_many_tries", "too many wrong tokens; try again in a minute", RETRY) from None
    if not right:
        raise Problem(401, "no_token", "send the token as Authorization: Bearer", {"WWW-Authenticate": "Bearer"})


routes = APIRouter(prefix="/api/v1", tags=["With the token"], dependencies=[Depends(_allowed)], responses=REFUSED)

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S", description="Who says so, for the record.")]
Words = Annotated[str, Field(max_length=1000)]


class VerdictBody(BaseModel):
    """That the flags of a topic on a change are right or wrong."""

    topic: Annotated[str, Field(min_length=1, max_length=100)]
    verdict: Literal["right", "wrong"]
    effect: Effect | None = Field(None, description="The right effect, where another.")
    reason: Words = ""
    reader: Name


class NoteBody(BaseModel):
    """That a change was seen."""

    note: Words = ""
    reader: Name


class Done(BaseModel):
    """It was kept."""

    done: bool = True


@routes.get("/deliveries")
def deliveries(site: Here, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> shapes.Listing[shapes.DeliveryDetail]:
    """Alerts that wait, are held or were given up, the newest first."""
    with site.archive.reading() as database:
        found = health.undelivered(database, limit)
    return shapes.Listing(
        data=[
            shapes.DeliveryDetail(
                id=one.id,
                channel=one.channel,
                event=one.event,
                change_id=one.change or None,
                state=one.state,
                attempts=one.attempts,
                created_at=iso(one.created_at),
                next_at=iso(one.next_at),
                last_error=one.error,
            )
            for one in found
        ],
        next=None,
    )


@routes.post("/changes/{change_id}/verdicts", status_code=201)
def verdict(site: Here, change_id: str, body: VerdictBody) -> Done:
    """Keep a verdict on the flags of a topic."""
    effect = body.effect.value if body.effect else ""
    kept = acts.judge(
        site, change_id, topic=body.topic, said=body.verdict, effect=effect, reason=body.reason, reader=body.reader
    )
    if not kept:
        raise missing("flag")
    return Done()


@routes.post("/changes/{change_id}/acknowledgements", status_code=201)
def acknowledgement(site: Here, change_id: str, body: NoteBody) -> Done:
    """Keep that a change was seen."""
    if not acts.acknowledge(site, change_id, note=body.note, reader=body.reader):
        raise missing("change")
    return Done()


class RetryBody(BaseModel):
    """Which delivery."""

    id: Annotated[str, Field(max_length=200)]
    channel: Annotated[str, Field(max_length=500)]


@routes.post("/deliveries/retry")
def retry(site: Here, body: RetryBody) -> Done:
    """Try a delivery again that waits or was given up."""
    if not acts.retry(site, body.id, body.channel):
        raise missing("delivery")
    return Done()
