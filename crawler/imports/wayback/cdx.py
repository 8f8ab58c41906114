"""CDX: the index of an archive of the web: which captures of an address there are, and where each can be read.

The interface is that of the Wayback CDX server: a GET request, answered by a JSON array of rows, the first of which
names the fields.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from crawler.errors import HistoryError
from crawler.imports.wayback.fetching import Patient
from diffing.capture import Capture

ROWS = 5_000
"""Rows asked for at once."""
QUESTIONS = 40
"""At most so many times for one address: 200,000 captures."""
FIELDS = ("timestamp", "original", "digest")
_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A capture the archive has.

    at: when it was made (UTC). original: the address it was made of. url: where the very bytes are that came then;
    page: where a reader can see them. digest: of those bytes.
    """

    at: datetime
    original: str
    url: str
    page: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cdx:
    """The index at an address, such as https://web.archive.org."""

    base: str

    def snapshots(
        self, address: str, patient: Patient, *, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[Snapshot, ...]:
        """The captures of an address that were answered with 200, oldest first, none with the bytes of the one before.

        since, until: from and up to these moments, both included. Raises HistoryError when the index gives none.
        """
        found: list[Snapshot] = []
        for _ in range(QUESTIONS):
            rows = list(self._asked(address, patient, since, until))
            found.extend(row for row in rows if not found or row.digest != found[-1].digest)
            if len(rows) < ROWS:
                break
            since = rows[-1].at + timedelta(seconds=1)
        return tuple(found)

    def question(self, address: str, since: datetime | None, until: datetime | None) -> str:
        """Where the index is asked for the captures of an address."""
        asked = {
            "url": address,
            "output": "json",
            "fl": ",".join(FIELDS),
            "filter": "statuscode:200",
            "collapse": "digest",
            "limit": str(ROWS),
        }
        if since is not None:
            asked["from"] = since.astimezone(UTC).strftime(_STAMP)
        if until is not None:
            asked["to"] = until.astimezone(UTC).strftime(_STAMP)
        return f"{self.base.rstrip('/')}/cdx/search/cdx?{urlencode(asked)}"

    def _asked(
        self, address: str, patient: Patient, since: datetime | None, until: datetime | None
    ) -> Iterator[Snapshot]:
        capture = patient.one(self.question(address, since, until))
        for row in _rows(capture, self.base):
            stamp, original, digest = row
            web = f"{self.base.rstrip('/')}/web/{stamp}"
            yield Snapshot(
                at=_moment(stamp, self.base),
                original=original,
                url=f"{web}id_/{original}",
                page=f"{web}/{original}",
                digest=digest,
            )


def _rows(capture: Capture, base: str) -> list[list[str]]:
    """The rows of an answer, without the first, which names the fields."""
    try:
        table = json.loads(capture.body or b"[]")
    except (ValueError, RecursionError) as error:
        raise _no_cdx(base, "answers with something that is no JSON") from error
    if not isinstance(table, list) or (table and table[0] != list(FIELDS)):
        raise _no_cdx(base, "answers with something that is no CDX")
    rows = table[1:]
    if not all(isinstance(row, list) and len(row) == len(FIELDS) and all(map(_is_text, row)) for row in rows):
        raise _no_cdx(base, "answers with rows that are no captures")
    return rows


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _moment(stamp: str, base: str) -> datetime:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise _no_cdx(base, f"gives {stamp[:40]!r} as the time of a capture") from error


def _no_cdx(base: str, what: str) -> HistoryError:
    return HistoryError(base, what, "correct wayback.url of the configuration, or try again later")
