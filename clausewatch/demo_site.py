"""DemoSite: a small web site of our own on loopback, that changes its terms when told to and takes webhooks."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from clausewatch.demo_pages import DemoPages, Reply, State
from data import folder

HOST = "127.0.0.1"
HOOK = "/hook"
MAX_HOOK_BYTES = 100_000
"""A webhook's body is under 20 kB; more than this is refused."""
MAX_DIGITS = 9
"""Digits a Content-Length may have."""
POLL = 0.05
"""Seconds within which the server notices that it shall stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request for a page and how it was answered: `status` 304 where the visitor had the text already."""

    path: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A webhook as received. headers: names in lower case. body: the bytes that were signed."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _Journal:
    """What came in so far; guarded by its lock, as every request has a thread of its own."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State = State.BEFORE
    visits: Counter[str] = field(default_factory=Counter)
    requests: list[Request] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)


class DemoSite:
    """The demo's web site, on a free port of 127.0.0.1, from entering to leaving the context.

    It honours If-None-Match and If-Modified-Since, has a robots.txt and a feed, and keeps what is posted to `/hook`.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root or folder("demo")
        self._pages = DemoPages(self._root)
        self._journal = _Journal()
        self._server = _Server((HOST, 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(POLL,), name="demo-site", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """The site's address, without a slash at its end: `http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self._server.server_port}"

    @property
    def hook_url(self) -> str:
        """Where webhooks are taken."""
        return self.base_url + HOOK

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request for a page so far, in the order they were answered."""
        with self._journal.lock:
            return tuple(self._journal.requests)

    @property
    def hooks(self) -> tuple[Hook, ...]:
        """Every webhook received so far, in order."""
        with self._journal.lock:
            return tuple(self._journal.hooks)

    def publish(self, state: State) -> None:
        """From now on show the site in that state."""
        with self._journal.lock:
            self._journal.state = state

    def declare(self, target: Path) -> Path:
        """Write the declarations of this site's services into `target`, with its address in them; give `target`."""
        target.mkdir(parents=True, exist_ok=True)
        for file in sorted((self._root / "declarations").glob("*.json")):
            content = file.read_text(encoding="utf-8").replace("{base}", self.base_url)
            (target / file.name).write_text(content, encoding="utf-8")
        return target

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        """The answer to a GET or HEAD; `headers` by their usual names."""
        with self._journal.lock:
            state, visit = self._journal.state, self._journal.visits[path]
            self._journal.visits[path] += 1
            reply = self._pages.reply(path, state=state, visit=visit, base=self.base_url)
            if reply.status == HTTPStatus.OK and _is_current(reply, headers):
                reply = Reply(status=HTTPStatus.NOT_MODIFIED, body=reply.body, type=reply.type, modified=reply.modified)
            self._journal.requests.append(Request(path=path, status=reply.status))
        return reply

    def take(self, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a webhook."""
        with self._journal.lock:
            self._journal.hooks.append(
                Hook(headers={name.lower(): value for name, value in headers.items()}, body=body)
            )


class _Server(ThreadingHTTPServer):
    """The listening socket; knows the site it shows."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: DemoSite) -> None:
        super().__init__(address, _Handler)
        self.site = site


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._send(self._site.answer(urlsplit(self.path).path, dict(self.headers)), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self._site.answer(urlsplit(self.path).path, dict(self.headers)), with_body=False)

    def do_POST(self) -> None:
        declared = self.headers.get("Content-Length", "")
        length = int(declared) if declared.isdecimal() and len(declared) < MAX_DIGITS else MAX_HOOK_BYTES + 1
        # Read what is refused too, up to a bound: closing on unread bytes would take the answer away with them.
        body = self.rfile.read(min(length, 2 * MAX_HOOK_BYTES)) if declared else b""
        if urlsplit(self.path).path != HOOK or length > MAX_HOOK_BYTES:
            self.close_connection = True
            self._send(Reply(status=HTTPStatus.BAD_REQUEST, body=b""), with_body=False)
            return
        self._site.take(dict(self.headers), body)
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the journal has it."""

    @property
    def _site(self) -> DemoSite:
        assert isinstance(self.server, _Server)
        return self.server.site

    def _send(self, reply: Reply, *, with_body: bool) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        if reply.status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            self.send_header("ETag", reply.etag)
        if reply.modified is not None:
            self.send_header("Last-Modified", format_datetime(reply.modified, usegmt=True))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        bodiless = reply.status == HTTPStatus.NOT_MODIFIED
        if not bodiless:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body and not bodiless:
            self.wfile.write(reply.body)


def _is_current(reply: Reply, headers: Mapping[str, str]) -> bool:
    """Whether the visitor has this very text already (RFC 9110, section 13): a tag counts more than a date."""
    lower = {name.lower(): value for name, value in headers.items()}
    if "if-none-match" in lower:
        tags = [tag.strip().removeprefix("W/") for tag in lower["if-none-match"].split(",")]
        return reply.etag in tags or tags == ["*"]
    since = _date(lower.get("if-modified-since", ""))
    return since is not None and reply.modified is not None and reply.modified <= since


def _date(value: str) -> datetime | None:
    """The date of a header; None when there is none or it is none."""
    try:
        return parsedate_to_datetime(value).astimezone(UTC)
    except ValueError:
        return None
