"""Publish: the same pages as files, for those who host no server.

The application itself is asked for each page, as a browser would, from the front page on; what a page leads to is
written too, and its links are made relative. What only a server can answer (search, filters, the API) is left out.
"""

import asyncio
import os
import posixpath
import re
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
from markupsafe import escape

from clausewatch.errors import PublishError
from clausewatch.web.app import create
from clausewatch.web.site import Site

LANGUAGES: Final = ("", "/fr")
"""What addresses begin with: English pages stand at the top, the others in a folder of their own."""
STARTS: Final = ("/", "/services", "/coming-up", "/about", "/static/style.css", "/static/keys.js", "/static/icon.svg")
KINDS: Final = re.compile(
    r"(?:/fr)?(?:/|/year/\d+|/services|/service/[a-z0-9-]+|/terms/[a-z0-9-]+(?:/\d+)?|/topic/\w+(?:/\d+)?|/coming-up"
    r"|/about|/pictures/[\w/-]+\.csv|/topic/\w+\.csv|/feed[\w/-]*\.atom|/static/[a-z]+\.[a-z]+)"
)
"""Addresses that are written wherever a page leads to them."""
CHANGE: Final = re.compile(r"(?:/fr)?/change/([0-9a-f]{16})")
_LINK: Final = re.compile(r' (href|src|action)="(/[^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a run came to: pages and files in all, those that were written since they differ, and their bytes in all."""

    files: int
    written: int
    size: int


def publish(
    site: Site, folder: Path, *, every: bool = False, on_progress: Callable[[int], None] = lambda left: None
) -> Published:
    """Write the site's pages below the folder. Each file is replaced as a whole or not at all; nothing is deleted.

    every: pages of changes without a flag too. on_progress: told how many are left. Raises PublishError.
    """
    return asyncio.run(_publish(site, folder, _changes(site, every=every), on_progress))


def file_name(path: str) -> str:
    """The file of an address.

    >>> file_name("/"), file_name("/fr/"), file_name("/change/ab"), file_name("/topic/ai_training.csv")
    ('index.html', 'fr/index.html', 'change/ab.html', 'topic/ai_training.csv')
    """
    name = path.lstrip("/")
    if not name or name.endswith("/"):
        return f"{name}index.html"
    return name if posixpath.splitext(name)[1] in (".csv", ".atom", ".css", ".js", ".svg") else f"{name}.html"


def relative(html: str, path: str, is_published: Callable[[str], bool]) -> str:
    """A page with its links led to files beside it; those to what is not published lead nowhere.

    >>> relative('<a href="/change/ab#p1">x</a> <a href="/search">y</a>', "/topic/t", lambda path: "change" in path)
    '<a href="../change/ab.html#p1">x</a> <a>y</a>'
    """
    here = posixpath.dirname(file_name(path))

    def led(found: re.Match[str]) -> str:
        target = target_of(found[2])
        if target is None or not is_published(target[0]):
            return ""
        to = posixpath.relpath(file_name(target[0]), here or ".")
        return f' {found[1]}="{escape(to)}{escape(target[1])}"'

    return _LINK.sub(led, html)


def target_of(link: str) -> tuple[str, str] | None:
    """The address a link leads to and its fragment; None for one with a query, which only a server can answer."""
    parts = urlsplit(unescape(link))
    if parts.query or parts.netloc:
        return None
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    return path, f"#{parts.fragment}" if parts.fragment else ""


async def _publish(
    site: Site, folder: Path, changes: frozenset[str] | None, on_progress: Callable[[int], None]
) -> Published:
    def is_published(path: str) -> bool:
        change = CHANGE.fullmatch(path)
        if change is not None:
            return changes is None or change[1] in changes
        return KINDS.fullmatch(path) is not None

    done = written = size = 0
    waiting = deque(f"{prefix}{path}" for prefix in LANGUAGES for path in STARTS if not (prefix and "static" in path))
    seen = set(waiting)
    transport = httpx.ASGITransport(app=create(site, static_site=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        while waiting:
            path = waiting.popleft()
            answer = await client.get(path, headers={"Accept-Language": "en"})
            if answer.status_code != httpx.codes.OK:
                raise PublishError(
                    path, f"answered with {answer.status_code}", "run `clausewatch serve` and look at it"
                )
            body = answer.content
            if answer.headers["content-type"].startswith("text/html"):
                for target in _targets(answer.text):
                    if target not in seen and is_published(target):
                        seen.add(target)
                        waiting.append(target)
                body = relative(answer.text, path, is_published).encode()
            done, size = done + 1, size + len(body)
            written += write(folder, file_name(path), body)
            on_progress(len(waiting))
    return Published(files=done, written=written, size=size)


def write(folder: Path, name: str, body: bytes) -> bool:
    """Put a file in place whole, if it differs from what is there. False when it does not. Raises PublishError."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise PublishError(str(path), "leads out of the folder", "remove the link that stands in its way")
        if path.is_file() and path.read_bytes() == body:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".clausewatch-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(aside).chmod(0o644)
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise PublishError(str(path), what, "free its place, or name another folder") from error
    return True


def _targets(html: str) -> Iterator[str]:
    for found in _LINK.finditer(html):
        target = target_of(found[2])
        if target is not None:
            yield target[0]


def _changes(site: Site, *, every: bool) -> frozenset[str] | None:
    """The ids of the changes whose pages are written; None for all."""
    if every:
        return None
    with site.archive.reading() as database:
        rows = database.execute("SELECT name FROM changes WHERE version_id IN (SELECT change_id FROM flags)")
        return frozenset(row[0] for row in rows.fetchall())
