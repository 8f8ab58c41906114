"""The browser's proxy: what it connects to is what was checked."""

import asyncio
import socket
from collections.abc import Collection
from typing import Any

import pytest
from scrapy.exceptions import DownloadCancelledError

from crawler.browser.proxy import CheckingProxy
from crawler.regions import Region
from crawler.resolver import look_up
from tests.support.proxy import proxying
from tests.support.server import Reply, Server, serving

WAIT = 5.0


async def ask(proxy: CheckingProxy, request: str) -> bytes:
    """All that the proxy answers to a request."""
    host, _, port = proxy.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request.encode("latin-1"))
    answer = await asyncio.wait_for(reader.read(), WAIT)
    writer.close()
    return answer


def asked(*requests: str, allowed: Collection[str] = (), **options: Any) -> tuple[list[bytes], CheckingProxy]:
    """What the proxy answers to each request, sent one after the other."""

    async def run() -> tuple[list[bytes], CheckingProxy]:
        async with CheckingProxy(allowed, **{"max_bytes": 1_000_000, **options}) as proxy:
            return [await ask(proxy, request) for request in requests], proxy

    return asyncio.run(run())


def get(url: str, host: str = "a.example", *more: str) -> str:
    return "\r\n".join((f"GET {url} HTTP/1.1", f"Host: {host}", *more, "", ""))


def name_of(server: Server) -> str:
    return server.url.removeprefix("http://")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/",
        "http://localhost/", "http://a@b.example/", "file:///etc/passwd", "http://[::ffff:127.0.0.1]/", "/relative",
    ],
)  # fmt: skip
def test_a_forbidden_address_gets_no_answer(url: str) -> None:
    answers, proxy = asked(get(url))
    assert answers == [b""]
    assert len(proxy.troubles) == 1


@pytest.mark.parametrize("target", ["127.0.0.1:443", "169.254.169.254:80", "[::1]:443", "localhost:443", "a@b:443"])
def test_no_tunnel_leads_to_a_forbidden_address(target: str) -> None:
    answers, proxy = asked(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n")
    assert answers == [b""]
    assert len(proxy.troubles) == 1


def test_a_name_that_leads_to_this_machine_is_refused_when_it_is_connected_to() -> None:
    def rebound(host: str, port: int, allowed: Collection[str]) -> list[Any]:
        return look_up("127.0.0.1" if host == "rebinding.example" else host, port, allowed)

    with serving({"/": "Secret."}) as server:
        port = name_of(server).partition(":")[2]
        url = f"http://rebinding.example:{port}/"
        answers, proxy = asked(
            get(url), f"CONNECT rebinding.example:{port} HTTP/1.1\r\nHost: a\r\n\r\n", look_up=rebound
        )
    assert answers == [b"", b""]
    assert str(next(iter(proxy.troubles.values()))).endswith("every address of this host is private or reserved")
    assert server.requests == []


def test_a_name_is_looked_up_once_for_a_connection_so_that_it_cannot_change_between_check_and_connection() -> None:
    answers_of_the_name = iter(["127.0.0.1", "10.0.0.1"])
    looked_up = []

    def changing(host: str, port: int, allowed: Collection[str]) -> list[Any]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers_of_the_name), port))]

    with serving({"/": "Text."}) as server:
        port = name_of(server).partition(":")[2]
        (answer,), _ = asked(get(f"http://changing.example:{port}/"), look_up=changing)
    assert answer.endswith(b"Text.")
    assert looked_up == ["changing.example"]


def test_one_connection_serves_one_request_so_that_none_is_sent_to_the_host_of_another() -> None:
    with serving({"/a": "First.", "/b": "Second."}) as server, serving({}) as other:
        both = get(f"{server.url}/a") + get(f"{other.url}/b", "other", "Cookie: id=1")
        (answer,), _ = asked(both, allowed=[name_of(server), name_of(other)])
    assert b"First." in answer
    assert b"connection: close" in answer.lower()
    assert [one.path for one in server.requests] == ["/a"]
    assert other.requests == []


def test_what_concerns_the_proxy_alone_is_not_passed_on() -> None:
    with serving({"/": "Text."}) as server:
        asked(get(f"{server.url}/", "a", "Proxy-Authorization: x", "X-Own: y"), allowed=[name_of(server)])
    assert server.requests[0].headers.get("proxy-authorization") is None
    assert server.requests[0].headers["x-own"] == "y"


def test_a_tunnel_carries_bytes_both_ways() -> None:
    async def run(server: Server) -> bytes:
        name = name_of(server)
        async with CheckingProxy([name], max_bytes=10_000) as proxy:
            host, _, port = proxy.url.removeprefix("http://").partition(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"CONNECT {name} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
            assert b"200" in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), WAIT)
            writer.close()
            return answer

    with serving({"/": "Text."}) as server:
        assert asyncio.run(run(server)).endswith(b"Text.")


def test_a_visit_that_uses_up_its_bytes_is_cancelled() -> None:
    async def run(server: Server) -> None:
        async with CheckingProxy([name_of(server)], max_bytes=1_000) as proxy:
            await ask(proxy, get(f"{server.url}/"))
            await proxy.unless_spent(asyncio.sleep(WAIT))

    with serving({"/": Reply(body=b"a" * 5_000)}) as server, pytest.raises(DownloadCancelledError):
        asyncio.run(run(server))


@pytest.mark.parametrize("request_", ["nonsense\r\n\r\n", "GET http://a.example/ HTTP/1.1\r\nX: " + "a" * 200_000])
def test_what_is_no_request_ends_the_connection_and_nothing_else(request_: str) -> None:
    with serving({"/": "Text."}) as server:
        answers, _ = asked(request_, get(f"{server.url}/"), allowed=[name_of(server)])
    assert answers[0] == b""
    assert answers[1].endswith(b"Text.")


def far(port: int) -> Region:
    return Region(proxy=f"http://watch:secret@127.0.0.1:{port}")


def test_through_a_region_a_plain_request_goes_to_its_proxy_which_is_told_who_asks() -> None:
    url = "http://127.0.0.1:81/a?b=1"
    with proxying({url: "Far away."}) as region:
        request = get(url, "127.0.0.1:81", "Proxy-Authorization: Basic of-the-browser")
        (answer,), _ = asked(request, allowed=["127.0.0.1"], through=far(region.port))
    assert answer.endswith(b"Far away.")
    ((address, headers),) = region.asked
    assert (address, headers["proxy-authorization"]) == (url, "Basic d2F0Y2g6c2VjcmV0")


def test_through_a_region_a_tunnel_leads_through_its_proxy() -> None:
    async def through(name: str, port: int) -> bytes:
        async with CheckingProxy(["127.0.0.1"], max_bytes=1_000_000, through=far(port)) as proxy:
            here, _, own = proxy.url.removeprefix("http://").partition(":")
            reader, writer = await asyncio.open_connection(here, int(own))
            writer.write(f"CONNECT {name} HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
            opened = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
            assert opened.startswith(b"HTTP/1.1 200 "), opened
            writer.write(get("/privacy", name, "Connection: close").encode())
            answer = await asyncio.wait_for(reader.read(), WAIT)
            writer.close()
            return answer

    with serving({"/privacy": "There."}) as server, proxying({}) as region:
        name = name_of(server)
        assert asyncio.run(through(name, region.port)).endswith(b"There.")
    ((address, headers),) = region.asked
    assert (address, headers["proxy-authorization"]) == (name, "Basic d2F0Y2g6c2VjcmV0")
    assert "proxy-authorization" not in server.requests[-1].headers


def test_a_region_s_proxy_opens_no_way_to_private_addresses() -> None:
    with proxying({"http://10.0.0.7/": "Secret."}) as region:
        answers, proxy = asked(
            get("http://10.0.0.7/"),
            "CONNECT 10.0.0.7:443 HTTP/1.1\r\nHost: 10.0.0.7\r\n\r\n",
            through=Region(proxy=f"http://127.0.0.1:{region.port}"),
        )
    assert (answers, region.asked) == ([b"", b""], [])
    assert set(proxy.troubles) == {"10.0.0.7"}


def test_a_region_s_proxy_that_is_down_or_refuses_is_the_trouble_of_the_host_asked_for() -> None:
    tunnel = "CONNECT 127.0.0.1:444 HTTP/1.1\r\nHost: 127.0.0.1:444\r\n\r\n"
    answers, down = asked(tunnel, allowed=["127.0.0.1"], through=Region(proxy="http://127.0.0.1:9"))
    with serving({}) as server:  # no proxy: it answers CONNECT with an error
        answers += asked(tunnel, allowed=["127.0.0.1"], through=Region(proxy=server.url))[0]
        _, refusing = asked(tunnel, allowed=["127.0.0.1"], through=Region(proxy=server.url))
    assert answers == [b"", b""]
    assert str(down.troubles["127.0.0.1:444"]) == "the region's proxy cannot be reached"
    assert str(refusing.troubles["127.0.0.1:444"]) == "the region's proxy does not lead there"
