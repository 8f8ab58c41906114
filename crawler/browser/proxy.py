"""The proxy between the browser and the network: what the browser connects to is what was checked.

Chromium follows redirects, loads sub-resources, opens web sockets and starts workers by itself; all of it comes
through here, because it knows no other way out. A name is looked up once for a connection, by the crawl's own rules,
and the connection is made to an address that passed. One proxy serves one visit and is closed with it.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Collection, Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

import h11
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
)

from alerts.addresses import forbidden_url
from crawler.browser.streams import CHUNK, CONNECT_SECONDS, MAX_HEAD, Streams, event, send
from crawler.browser.upstream import authorization, reached, tunnelled
from crawler.middlewares.refusals import AddressRefused
from crawler.regions import Region
from crawler.resolver import REFUSED, RefusedHost, look_up

T = TypeVar("T")
LookUp = Callable[[str, int, Collection[str]], list[Any]]

MAX_CONNECTIONS = 400
"""Connections of one visit; an ordinary page opens fewer than 60."""
_HOP = {b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"upgrade", b"te", b"trailer"}


class CheckingProxy:
    """A forwarding proxy on a free port of this machine, for one visit.

    max_bytes: what may come in over all connections together. through: a region by whose proxy all goes on. troubles:
    by host and port as in the address, why it could not be reached.
    """

    def __init__(
        self,
        allowed_hosts: Collection[str],
        *,
        max_bytes: int,
        look_up: LookUp = look_up,
        through: Region | None = None,
    ) -> None:
        self.troubles: dict[str, Exception] = {}
        self.url = ""
        self._allowed_hosts = frozenset(allowed_hosts)
        self._left = max_bytes
        self._look_up = look_up
        self._through = through
        self._connections: set[asyncio.Task[Any]] = set()
        self._opened = 0
        self._spent = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "CheckingProxy":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=MAX_HEAD)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None  # entered before
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def unless_spent(self, visit: Coroutine[Any, Any, T]) -> T:
        """What the visit gives. It is cancelled, and DownloadCancelledError raised, when it has used up its bounds."""
        visiting, spending = asyncio.ensure_future(visit), asyncio.ensure_future(self._spent.wait())
        try:
            await asyncio.wait({visiting, spending}, return_when=asyncio.FIRST_COMPLETED)
            if self._spent.is_set():
                raise DownloadCancelledError("the page loads more than may be read")
            return await visiting
        finally:
            for task in (visiting, spending):
                task.cancel()
            await asyncio.gather(visiting, spending, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # the server runs this in one
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        try:
            # a broken connection, or a peer that speaks no HTTP, ends that connection and nothing else
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, h11.ProtocolError):
                await self._one(reader, writer)
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one request, or one tunnel; the connection ends with it, so nothing can be sent to the wrong host."""
        client = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
        request = await asyncio.wait_for(event(client, reader), CONNECT_SECONDS)
        self._opened += 1
        if self._opened > MAX_CONNECTIONS:
            self._spent.set()
        if not isinstance(request, h11.Request) or self._spent.is_set():
            return
        tunnel = request.method == b"CONNECT"
        url = f"https://{request.target.decode('latin-1')}/" if tunnel else request.target.decode("latin-1")
        upstream = await self._connect(url, tunnel=tunnel)
        if upstream is None:
            return  # the handler asks `troubles` for the reason
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await self._tunnel(reader, writer, *upstream)
            else:
                await self._forward(client, request, reader, writer, *upstream)
        finally:
            upstream[1].close()

    async def _connect(self, url: str, *, tunnel: bool) -> Streams | None:
        """A connection to a checked address of the host; None, and an entry in `troubles`, when there is none.

        Through a region's proxy, which looks names up itself, the host's addresses are checked all the same.
        """
        why = forbidden_url(url, self._allowed_hosts)
        parts = urlsplit(url)
        host, name = parts.hostname or "", parts.netloc.removesuffix(":443")
        if why is not None:
            self.troubles[name] = AddressRefused(url, why)
            return None
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(None, self._look_up, host, port, self._allowed_hosts)
        except RefusedHost:
            self.troubles[name] = AddressRefused(url, REFUSED)
            return None
        except socket.gaierror as error:
            self.troubles[name] = CannotResolveHostError(str(error))
            return None
        if self._through is not None:
            try:
                return await (tunnelled(self._through, f"{host}:{port}") if tunnel else reached(self._through))
            except (DownloadConnectionRefusedError, DownloadFailedError) as error:
                self.troubles[name] = error
                return None
        for address in dict.fromkeys(str(entry[4][0]) for entry in found):
            with contextlib.suppress(OSError, TimeoutError):
                return await asyncio.wait_for(asyncio.open_connection(address, port, limit=MAX_HEAD), CONNECT_SECONDS)
        self.troubles[name] = DownloadConnectionRefusedError(f"{host}:{port}")
        return None

    async def _tunnel(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream: asyncio.StreamReader,
        out: asyncio.StreamWriter,
    ) -> None:
        sides = [
            asyncio.ensure_future(self._pipe(reader, out, counted=False)),
            asyncio.ensure_future(self._pipe(upstream, writer)),
        ]
        try:
            await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)

    async def _forward(
        self,
        client: h11.Connection,
        request: h11.Request,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream: asyncio.StreamReader,
        out: asyncio.StreamWriter,
    ) -> None:
        """Pass one plain request on, and its answer back; both sides are then told that the connection ends."""
        server = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        target, headers = request.target.decode("latin-1"), [*_kept(request.headers), (b"Connection", b"close")]
        if self._through is None:
            parts = urlsplit(target)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        else:
            headers += authorization(self._through)
        told = h11.Request(method=request.method, target=target, headers=headers)
        await send(server, told, out)
        while not isinstance(part := await event(client, reader), h11.EndOfMessage):
            await send(server, part, out)
        await send(server, part, out)
        while not isinstance(part := await event(server, upstream), (h11.EndOfMessage, h11.ConnectionClosed)):
            if isinstance(part, h11.Response):
                part = h11.Response(
                    status_code=part.status_code,
                    headers=[*_kept(part.headers), (b"Connection", b"close")],
                    reason=part.reason,
                )
            elif isinstance(part, h11.Data):
                self._count(len(part.data))
            await send(client, part, writer)
        await send(client, part, writer)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool = True) -> None:
        while chunk := await reader.read(CHUNK):
            if counted:
                self._count(len(chunk))
            writer.write(chunk)
            await writer.drain()

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            self._spent.set()
            raise ConnectionError("the visit has used up its bytes")


def _kept(headers: Any) -> list[tuple[bytes, bytes]]:
    """The headers that are passed on: not those that concern one connection alone."""
    return [(name, value) for name, value in headers if name.lower() not in _HOP]
