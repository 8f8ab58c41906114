"""What servers do to crawlers: each case has its fault, and the run goes on."""

import gzip
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from crawler.declarations import Source
from diffing.fault import Fault, FaultReason
from tests.support.certificates import self_signed, server_context
from tests.support.crawling import terms, visit
from tests.support.server import Answer, Asked, Reply, serving

GOOD = "<main><h1>Terms</h1><p>Good text.</p></main>"
LONG = b"<main>" + b"".join(b"<p>We keep what is numbered %d.</p>" % number for number in range(99)) + b"</main>"
BOUND = 1_000_000
BOMB = b"a" * (BOUND * 20)


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 100_000):
        yield b"<p>" + b"a" * 99_997


def packed(body: bytes, how: str) -> Reply:
    return Reply(body=body, headers={"Content-Encoding": how})


def faulted(answer: Answer, **settings: Any) -> Fault:
    """The fault of a page with that answer; another page, asked for in the same run, is read as ever."""

    def pages(asked: Asked) -> Answer | None:
        return {"/bad": answer, "/good": GOOD}.get(asked.path)

    with serving(pages) as server:
        paths = ("/bad", "/good")
        targets = [terms(Source(fetch=server.url + path, select=("main", "body")), name=path) for path in paths]
        kept, visits = visit(targets, **settings)
    assert [item.document.terms for item in visits] == ["/bad", "/good"]
    assert [item.document.terms for item in kept.observations] == ["/good"]
    ((_, fault),) = kept.faults
    return fault


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Reply(status=404), FaultReason.NOT_FOUND),
        (Reply(status=500), FaultReason.HTTP_STATUS),
        (Reply(status=429, headers={"Retry-After": "60"}), FaultReason.RATE_LIMITED),
        (Reply(status=403, body="<script>window._cf_chl_opt={}</script>"), FaultReason.BLOCKED),
        (Reply(body=b""), FaultReason.EMPTY),
        (Reply(body=b"<main></main>"), FaultReason.EMPTY),
        (Reply(body=bytes(range(256)) * 20), FaultReason.CONTENT_TYPE),
        (Reply(body=b"<div>" * 100_000), FaultReason.EXTRACTION),
        (Reply(body=b"a" * 2 * BOUND), FaultReason.TOO_LARGE),
        (packed(gzip.compress(BOMB), "gzip"), FaultReason.TOO_LARGE),
        (packed(brotli.compress(BOMB, quality=1), "br"), FaultReason.TOO_LARGE),
        (packed(zstandard.compress(BOMB), "zstd"), FaultReason.TOO_LARGE),
        (packed(b"no gzip at all", "gzip"), FaultReason.CONTENT_TYPE),
        (packed(b"no deflate at all", "deflate"), FaultReason.CONTENT_TYPE),
        (packed(b"no brotli at all", "br"), FaultReason.CONTENT_TYPE),
        (packed(b"no zstd at all", "zstd"), FaultReason.CONTENT_TYPE),
        (packed(gzip.compress(LONG)[:-9], "gzip"), FaultReason.CONNECTION),
        (packed(zlib.compress(LONG)[:-9], "deflate"), FaultReason.CONNECTION),
        (packed(brotli.compress(LONG)[:-9], "br"), FaultReason.CONNECTION),
        (packed(zstandard.compress(LONG)[:-9], "zstd"), FaultReason.CONNECTION),
        (packed(bytes(range(256)) * 20, "klingon"), FaultReason.CONTENT_TYPE),
        (packed(b"text", "compress"), FaultReason.CONTENT_TYPE),
        (Reply(status=206, body=GOOD, headers={"Content-Range": "bytes 0-40/9000"}), FaultReason.HTTP_STATUS),
        (Reply(body=b"short", headers={"Content-Length": "5000", "Connection": "close"}), FaultReason.CONNECTION),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "http://10.0.0.1/"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "http://[::1]/"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "//2130706433/"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "http://localhost./"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "http://user@127.0.0.1/"}), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(status=302, headers={"Location": "/bad"}), FaultReason.REDIRECTS),
        (Reply(status=302), FaultReason.REDIRECTS),
        (Reply(status=302, headers={"Location": "javascript:alert(1)"}), FaultReason.REDIRECTS),
        (Reply(status=302, headers={"Location": "http://[::1"}), FaultReason.REDIRECTS),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:99999/"}), FaultReason.REDIRECTS),
        (Reply(body='<meta http-equiv=refresh content="0;url=javascript:alert(1)">'), FaultReason.REDIRECTS),
        (Reply(body='<meta http-equiv=refresh content="0;url=http://10.0.0.1/">'), FaultReason.FORBIDDEN_ADDRESS),
        (Reply(body='<meta http-equiv=refresh content="0;url=/bad">'), FaultReason.REDIRECTS),
    ],
)
def test_a_bad_answer_is_a_fault_with_its_reason(answer: Reply, reason: FaultReason) -> None:
    assert faulted(answer, DOWNLOAD_MAXSIZE=BOUND).reason is reason


@pytest.mark.parametrize(
    "answer",
    [
        packed(GOOD.encode(), "identity"),
        packed(GOOD.encode(), "none"),
        packed(GOOD.encode(), "UTF-8"),
        packed(gzip.compress(GOOD[:9].encode()) + gzip.compress(GOOD[9:].encode()), "gzip"),
        packed(gzip.compress(GOOD.encode()) + b"what a server adds", "x-gzip"),
        packed(zlib.compress(GOOD.encode())[2:-4], "deflate"),
        packed(gzip.compress(zstandard.compress(GOOD.encode())), "zstd, gzip"),
        Reply(body=GOOD, headers={"ETag": '"\xff\xfe"', "Server": "serveur à café"}),
        Reply(body=GOOD, headers={"Content-Type": "text/html, text/plain"}),
        Reply(body=GOOD, headers={"Content-Type": "text/html; charset=utf-16"}),
    ],
)
def test_an_answer_with_odd_headers_is_read_all_the_same(answer: Reply) -> None:
    with serving({"/": answer}) as server:
        kept, _ = visit([terms(Source(fetch=server.url, select=("main",)))])
    assert [seen.text for seen in kept.observations] == ["Terms\n=====\n\nGood text.\n"]


def test_the_fault_of_an_answer_that_is_cut_off_names_its_address_and_how_it_was_packed() -> None:
    fault = faulted(packed(gzip.compress(LONG)[:-9], "gzip"))
    assert fault.what == "the answer ends before it is whole (gzip)"
    assert fault.where.endswith("/bad")


def test_a_page_of_fifty_megabytes_is_cut_off() -> None:
    assert faulted(Reply(body=chunks(50_000_000))).reason is FaultReason.TOO_LARGE


def test_a_page_that_announces_a_gigabyte_is_not_waited_for() -> None:
    assert faulted(Reply(body=b"", headers={"Content-Length": "1000000000"})).reason is FaultReason.TOO_LARGE


def test_an_answer_that_never_ends_is_a_timeout() -> None:
    gate = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b"<main>one"
        gate.wait(10)

    fault = faulted(Reply(body=slowly()), DOWNLOAD_TIMEOUT=0.3)
    gate.set()
    assert fault.reason is FaultReason.TIMEOUT


def test_a_header_of_ten_megabytes_is_a_fault() -> None:
    fault = faulted(Reply(body="<main>Text.</main>", headers={"X-Long": "a" * 10_000_000}))
    assert fault.reason is FaultReason.CONNECTION


def test_more_than_ten_redirects_are_too_many_and_ten_are_not() -> None:
    def pages(asked: Asked) -> Answer | None:
        left = int(asked.path[1:]) if asked.path[1:].isdigit() else -1
        if left > 0:
            return Reply(status=302, headers={"Location": f"/{left - 1}"})
        return GOOD if left == 0 else None

    with serving(pages) as server:
        targets = [terms(Source(fetch=f"{server.url}/{n}", select=("main",)), name=str(n)) for n in (10, 11)]
        kept, _ = visit(targets)
    assert [item.document.terms for item in kept.observations] == ["10"]
    assert kept.observations[0].url == f"{server.url}/0"
    assert [(document.terms, fault.what) for document, fault in kept.faults] == [("11", "more than 10 redirects")]


def test_a_server_that_is_not_there_is_a_fault() -> None:
    with serving({}) as server:
        url = server.url
    kept, _ = visit([terms(Source(fetch=url))])
    assert kept.faults[0][1].reason is FaultReason.CONNECTION


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with serving({"/a": GOOD}, server_context(self_signed(tmp_path))) as server:
        target = terms(Source(fetch=f"{server.url}/a", select=("main",)))
        refused, _ = visit([target], ROBOTSTXT_OBEY=False)
        read, _ = visit([target], DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert [fault.reason for _, fault in refused.faults] == [FaultReason.CONNECTION]
    assert refused.observations == []
    assert read.text.endswith("Good text.\n")


def test_a_host_nobody_knows_is_a_fault() -> None:
    kept, _ = visit([terms(Source(fetch="https://no-such-host.invalid/privacy"))], ROBOTSTXT_OBEY=False)
    assert kept.faults[0][1].reason is FaultReason.DNS


def test_an_error_that_passes_is_tried_again_and_one_that_asks_to_wait_is_not() -> None:
    tries: dict[str, int] = {}

    def pages(asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt":
            return None
        tries[asked.path] = tries.get(asked.path, 0) + 1
        if asked.path == "/wait":
            return Reply(status=503, headers={"Retry-After": "60"})
        return Reply(status=500) if tries[asked.path] < 3 else GOOD

    with serving(pages) as server:
        targets = [terms(Source(fetch=server.url + path, select=("main",)), name=path) for path in ("/flaky", "/wait")]
        kept, _ = visit(targets, RETRY_TIMES=2)
    assert tries == {"/flaky": 3, "/wait": 1}
    assert kept.text.endswith("Good text.\n")


def test_no_cookie_is_ever_sent_back() -> None:
    moved = Reply(status=302, headers={"Location": "/good", "Set-Cookie": "id=1; Path=/"})
    with serving({"/bad": moved, "/good": GOOD}) as server:
        visit([terms(Source(fetch=f"{server.url}/bad", select=("main",)))])
    assert [asked.headers.get("cookie") for asked in server.requests] == [None] * 3
    assert [asked.headers.get("referer") for asked in server.requests] == [None] * 3


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"https://{'a' * 70}.example/", FaultReason.DNS),
        ("https://a..example/", FaultReason.DNS),
        ("https://", FaultReason.FORBIDDEN_ADDRESS),
        ("https://exa mple.org/", FaultReason.FORBIDDEN_ADDRESS),
        ("http://[::1/", FaultReason.DECLARATION),
    ],
)
def test_an_address_that_cannot_be_asked_for_is_a_fault(url: str, reason: FaultReason) -> None:
    kept, _ = visit([terms(Source(fetch=url))])
    assert kept.faults[0][1].reason is reason
