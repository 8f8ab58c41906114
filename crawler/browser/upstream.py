"""Upstream: the proxy of a region, as the way on from the browser's own checking proxy."""

import asyncio
from urllib.parse import urlsplit

import h11
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError

from crawler.browser.streams import CONNECT_SECONDS, MAX_HEAD, Streams, event, send
from crawler.regions import Region


async def reached(region: Region) -> Streams:
    """A connection to the region's proxy, which the configuration names. Raises DownloadConnectionRefusedError."""
    host, _, port = region.proxy_host.rpartition(":")
    secure = True if urlsplit(region.proxy).scheme == "https" else None
    try:
        opening = asyncio.open_connection(host, int(port), limit=MAX_HEAD, ssl=secure)
        return await asyncio.wait_for(opening, CONNECT_SECONDS)
    except (OSError, TimeoutError) as error:
        raise DownloadConnectionRefusedError("the region's proxy cannot be reached") from error


async def tunnelled(region: Region, target: str) -> Streams:
    """A connection through the region's proxy to a host and port. Raises what a plain download would."""
    reader, writer = await reached(region)
    try:
        client = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        headers = [(b"Host", target.encode()), *authorization(region)]
        await send(client, h11.Request(method="CONNECT", target=target, headers=headers), writer)
        await send(client, h11.EndOfMessage(), writer)
        answer = await asyncio.wait_for(event(client, reader), CONNECT_SECONDS)
        if not isinstance(answer, h11.Response) or not 200 <= answer.status_code < 300:
            raise DownloadFailedError("the region's proxy does not lead there")
    except (OSError, TimeoutError, h11.ProtocolError) as error:
        writer.close()
        raise DownloadFailedError("the region's proxy broke off") from error
    except DownloadFailedError:
        writer.close()
        raise
    reader.feed_data(client.trailing_data[0])
    return reader, writer


def authorization(region: Region) -> list[tuple[bytes, bytes]]:
    """The header that lets us in, where the proxy's address has a name and password."""
    return [] if region.proxy_header is None else [(b"Proxy-Authorization", region.proxy_header)]
