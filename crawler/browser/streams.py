"""Streams: HTTP by h11 over the two ends of a connection."""

import asyncio
from typing import Any

import h11

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

CHUNK = 65_536
MAX_HEAD = 65_536
"""Bytes of the head of a request or an answer."""
CONNECT_SECONDS = 10.0


async def event(connection: h11.Connection, reader: asyncio.StreamReader) -> Any:
    """The next event of a connection."""
    while (found := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(CHUNK))
    return found


async def send(connection: h11.Connection, told: Any, writer: asyncio.StreamWriter) -> None:
    """Send an event."""
    data = connection.send(told)
    if data:
        writer.write(data)
        await writer.drain()
