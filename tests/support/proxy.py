"""A forward proxy on loopback: answers what it is asked for itself, as a server in another place would be seen."""

import select
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Proxy:
    """asked: address, and headers in lower case, of each request it was sent. pages: answers by address."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                body = owner.pages.get(self.path, "").encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_CONNECT(self) -> None:
                owner.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                host, _, port = self.path.rpartition(":")
                with socket.create_connection((host, int(port))) as there:
                    self.send_response(200)
                    self.end_headers()
                    _join(self.connection, there)
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Keep quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def _join(one: socket.socket, other: socket.socket) -> None:
    """Pass on what comes from either, until one ends."""
    while True:
        ready, _, _ = select.select([one, other], [], [], 10)
        for from_, to in ((one, other), (other, one)):
            if from_ in ready:
                got = from_.recv(65536)
                if not got:
                    return
                to.sendall(got)
        if not ready:
            return


@contextmanager
def proxying(pages: Mapping[str, str]) -> Iterator[Proxy]:
    """A proxy for the length of a `with` block."""
    proxy = Proxy(pages)
    try:
        yield proxy
    finally:
        proxy.close()
