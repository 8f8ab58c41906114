"""A loopback HTTP server for tests: pages from a mapping or a function, every request recorded."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server answers. `body`: bytes, text (sent as UTF-8), or chunks that are sent one by one.

    A page with an ETag or Last-Modified header is answered 304 when it is asked for with that validator.
    """

    body: bytes | str | Iterator[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request the server received: header names in lower case; `at`: when, in seconds of a clock that never jumps."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    at: float = 0.0


Answer = Reply | str | bytes
Pages = Mapping[str, Answer] | Callable[[Asked], Answer | None]


class Server:
    """A server on 127.0.0.1 that may be given other pages while it runs.

    pages: answers by path (a text is an HTML page), or a function of the request that gives one, None for 404.
    requests: what was asked, in order.
    """

    def __init__(self, pages: Pages, tls: ssl.SSLContext | None = None) -> None:
        self.pages = pages
        self.requests: list[Asked] = []
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"{self._scheme}://127.0.0.1:{self._http.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order, without robots.txt."""
        return [asked.path for asked in self.requests if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Reply:
        """What to answer."""
        self.requests.append(asked)
        found = self.pages(asked) if callable(self.pages) else self.pages.get(asked.path)
        if found is None:
            return Reply(status=404, body="<title>404 Not Found</title>")
        reply = found if isinstance(found, Reply) else Reply(body=found)
        return Reply(status=304, headers=reply.headers) if _is_fresh(asked, reply) else reply

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def serving(pages: Pages, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of a `with` block."""
    server = Server(pages, tls)
    try:
        yield server
    finally:
        server.close()


def _is_fresh(asked: Asked, reply: Reply) -> bool:
    validators = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))
    mine = {name.lower(): value for name, value in reply.headers.items()}
    return any(name in mine and asked.headers.get(header) == mine[name] for name, header in validators)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news in a test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(
            method=self.command, path=self.path, headers=headers, body=self.rfile.read(length), at=time.monotonic()
        )
        self._send(self.server.owner.answer(asked))

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815

    def _send(self, reply: Reply) -> None:
        chunks = _chunks(reply.body)
        self.send_response(reply.status)
        headers = {"Content-Type": "text/html; charset=utf-8", **reply.headers}
        if isinstance(reply.body, (bytes, str)):
            headers.setdefault("Content-Length", str(sum(len(chunk) for chunk in chunks)))
        else:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.status != 304 and self.command != "HEAD":
            for chunk in chunks:
                self.wfile.write(chunk)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet."""


def _chunks(body: bytes | str | Iterator[bytes]) -> Any:
    if isinstance(body, str):
        return [body.encode("utf-8", "surrogatepass")]
    return [body] if isinstance(body, bytes) else body
