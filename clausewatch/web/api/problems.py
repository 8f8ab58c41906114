"""Problems: every error of the API has one shape: {"error": {"code", "message"}}."""

from typing import Any, Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from clausewatch.web.answers import problem


class Told(BaseModel):
    """What went wrong. code: for programs; message: for people."""

    code: str = Field(description="For programs: no_token, forbidden, not_found, invalid, too_many_tries, failed …")
    message: str = Field(description="For people.")


class ErrorBody(BaseModel):
    """The body of every error."""

    error: Told


class Problem(Exception):  # noqa: N818 - an answer, not a failure
    """Ends a request of the API with an error. headers: sent along."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


ERRORS: Final[dict[int | str, dict[str, Any]]] = {422: {"model": ErrorBody, "description": "A value cannot be."}}
"""What every endpoint may answer."""
MISSING: Final[dict[int | str, dict[str, Any]]] = {404: {"model": ErrorBody, "description": "Nothing of that name."}}


async def answer_problem(request: Request, error: Exception) -> JSONResponse:
    """The answer to a Problem."""
    assert isinstance(error, Problem), "registered for nothing else"
    return problem(error.status, error.message, error.headers, code=error.code)


async def answer_invalid(request: Request, error: Exception) -> JSONResponse:
    """The answer to a value that does not fit; which one, and why, without the value."""
    assert isinstance(error, RequestValidationError), "registered for nothing else"
    collection = request.url.path.startswith("/collection-api/")
    told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
    return JSONResponse({"error": told}, 400) if collection else problem(422, told, code="invalid")


def missing(what: str) -> Problem:
    """Nothing of that name."""
    return Problem(404, "not_found", f"there is no such {what}")
