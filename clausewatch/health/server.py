"""Server: answers in a thread of its own while the daemon works."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from clausewatch.errors import ConfigError

KEY = "daemon.listen"


@contextmanager
def answering(application: Starlette, listen: str) -> Iterator[str]:
    """Answer at "HOST:PORT" until the block ends; gives the address. "" answers nowhere. Raises ConfigError."""
    if not listen:
        yield ""
        return
    listening = _bound(listen)
    server = uvicorn.Server(
        uvicorn.Config(application, log_level="error", access_log=False, server_header=False, lifespan="off")
    )
    thread = threading.Thread(target=server.run, args=([listening],), name="health", daemon=True)
    thread.start()
    try:
        host, port = listening.getsockname()[:2]
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=5)
        listening.close()


def _bound(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigError(KEY, f"{listen!r} is no address to listen on", 'write it as "127.0.0.1:9464"')
    host = host.strip("[]")
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, int(port)))
    except OSError as error:
        listening.close()
        what = f"{listen} cannot be listened on ({error.strerror or error})"
        raise ConfigError(KEY, what, "name another, or stop what has it") from error
    return listening
