"""A webhook receiver on loopback that answers as it is told, and keeps what it was sent."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """status: 0 closes the connection without an answer, -1 never answers, -2 sends its head a byte at a time."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


OK, DROP, HANG, DRIP = Reply(204), Reply(0), Reply(-1), Reply(-2)


@dataclass(frozen=True, slots=True)
class Received:
    """One request, with its headers' names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """replies: answers to the first requests, in order; after them `then`."""

    def __init__(self, replies: Iterable[Reply] = (), then: Reply = OK) -> None:
        self.received: list[Received] = []
        self.replies = list(replies)
        self.then = then
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = False

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.received]

    def take(self, request: Received) -> Reply:
        with self.lock:
            self.received.append(request)
            return self.replies.pop(0) if self.replies else self.then

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = self.rfile.read(length)
                if len(body) < length:  # its sender was killed
                    self.close_connection = True
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                self._answer(receiver.take(Received(self.path, headers, body)))

            def _answer(self, reply: Reply) -> None:
                self.close_connection = True
                if reply == HANG:
                    receiver.closing.wait(30)
                elif reply == DRIP:
                    while not receiver.closing.wait(0.02):
                        try:
                            self.wfile.write(b"x")
                        except OSError:
                            return
                elif reply != DROP:
                    self.send_response(reply.status)
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", "0")
                    self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class has it
                pass

        return Handler


@contextmanager
def receiving(*replies: Reply, then: Reply = OK) -> Iterator[Receiver]:
    receiver = Receiver(replies, then)
    thread = threading.Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
