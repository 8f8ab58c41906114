"""An archive of the web on loopback that speaks CDX."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.server import Asked, Reply

FIELDS = ["timestamp", "original", "digest"]


@dataclass(slots=True)
class Past:
    """Captures by address and time (`20250102030405`). `busy`: answers to give first, one a request for a page.

    replies: instead of what was captured, for tests of what an archive gets wrong.
    """

    captures: Mapping[str, Mapping[str, str]]
    busy: list[Reply] = field(default_factory=list)
    replies: dict[str, Reply] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Reply | None:
        """The server's pages."""
        parts = urlsplit(asked.path)
        if parts.path in self.replies:
            return self.replies[parts.path]
        if parts.path == "/cdx/search/cdx":
            return Reply(
                body=json.dumps(self._rows(parse_qs(parts.query))), headers={"Content-Type": "application/json"}
            )
        if self.busy:
            return self.busy.pop(0)
        _, _, stamp, original = asked.path.split("/", 3)
        found = self.captures.get(unquote(original), {}).get(stamp.removesuffix("id_"))
        return None if found is None or not stamp.endswith("id_") else Reply(body=found)

    def _rows(self, asked: Mapping[str, list[str]]) -> list[list[str]]:
        (address,) = asked["url"]
        start, end = asked.get("from", ["0"])[0], asked.get("to", ["9"])[0]
        rows: list[list[str]] = []
        for stamp, body in sorted(self.captures.get(address, {}).items()):
            digest = str(hash(body))
            if start <= stamp <= end + "9" * 14 and not (rows and rows[-1][2] == digest):
                rows.append([stamp, address, digest])
        return [FIELDS, *rows[: int(asked["limit"][0])]] if rows else []
