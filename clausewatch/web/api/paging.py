"""Paging: pages of a list that stay the same while it grows: a cursor says where the last one ended."""

import base64
import binascii
import json
from typing import Annotated, Any, Final

from fastapi import Query

from clausewatch.web.api.problems import Problem

MOST: Final = 200
"""Entries of a page at most."""
LONGEST: Final = 400
"""Characters of a cursor."""

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many entries at most.")]
Cursor = Annotated[str, Query(max_length=LONGEST, description="`next` of the page before; none for the first page.")]


def cursor(*place: int | str) -> str:
    """Where a page ended, opaque to whoever asks.

    >>> place(cursor(1762158600000, 17), int, int)
    (1762158600000, 17)
    """
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place(text: str, *kinds: type) -> tuple[Any, ...] | None:
    """Where the page before ended; None for the first page. Raises Problem for what is no cursor of this list."""
    if not text:
        return None
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        found = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise _no_cursor() from error
    if not isinstance(found, list) or [type(one) for one in found] != list(kinds):
        raise _no_cursor()
    if any(isinstance(one, int) and abs(one) >= 1 << 53 for one in found):
        raise _no_cursor()
    return tuple(found)


def _no_cursor() -> Problem:
    return Problem(404, "not_found", "no page of this list begins after that; `after` is `next` of the page before")
