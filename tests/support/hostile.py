"""A server that is against us: every bad answer a crawl should survive, and what each should come to.

Run as a program it crawls all of them in one go and prints what came of it as one JSON object, so that time and memory
can be bounded from outside.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

import brotli  # type: ignore[import-untyped]
import zstandard

from crawler.browser.chromium import find
from crawler.declarations import Declaration, Source, Watch
from diffing.fault import FaultReason
from tests.support.crawling import terms, visit
from tests.support.pdfs import bomb, pdf, scanned
from tests.support.server import Answer, Asked, Reply, serving

GOOD = "<main><h1>Terms</h1><p>Good text.</p></main>"
MB = 1_000_000
SETTINGS: Mapping[str, Any] = {"DOWNLOAD_MAXSIZE": 3 * MB, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
ENTITIES = "<!DOCTYPE a [<!ENTITY b0 'lol'>" + "".join(
    f"<!ENTITY b{n} '{f'&b{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
XML = {"Content-Type": "application/xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A bad answer. reason: of the fault it should come to; None: it is read all the same.

    fetch: what is asked for, in place of the server's own path. feed: it is the feed of a blog. browser: read in it.
    """

    answer: Callable[[], Answer] = lambda: GOOD
    reason: FaultReason | None = None
    fetch: str = ""
    feed: bool = False
    browser: bool = False


def packed(pack: Callable[[bytes], bytes], how: str) -> Callable[[], Answer]:
    """A page that unpacks to 60 MB."""
    return lambda: Reply(body=pack(b"a" * 60 * MB), headers={"Content-Encoding": how})


def moved(location: str) -> Callable[[], Answer]:
    """A redirect."""
    return lambda: Reply(status=302, headers={"Location": location})


def endless(chunk: bytes, pause: float = 0.0) -> Iterator[bytes]:
    """The same bytes for ever."""
    while True:
        yield chunk
        time.sleep(pause)


def body(content: bytes | str | Callable[[], bytes | Iterator[bytes]], **headers: str) -> Callable[[], Answer]:
    """A page of status 200."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: Reply(body=content() if callable(content) else content, headers=named)


def in_charset(content: bytes, charset: str) -> Case:
    """A page that claims to be in a charset, and is read all the same."""
    return Case(answer=body(b"<main>%s</main>" % content, Content_Type=f"text/html; charset={charset}"))


PRIVATE = FaultReason.FORBIDDEN_ADDRESS
LARGE = FaultReason.TOO_LARGE
BROKEN = FaultReason.CONNECTION
CASES: Mapping[str, Case] = {
    "a private address": Case(fetch="http://10.0.0.1/", reason=PRIVATE),
    "the address of cloud credentials": Case(fetch="http://169.254.169.254/latest/", reason=PRIVATE),
    "a decimal address": Case(fetch="http://2130706433/", reason=PRIVATE),
    "an octal address": Case(fetch="http://0177.0.0.1/", reason=PRIVATE),
    "a mapped address": Case(fetch="http://[::ffff:10.0.0.1]/", reason=PRIVATE),
    "localhost with a dot": Case(fetch="http://localhost./", reason=PRIVATE),
    "a full-width host": Case(fetch="http://\uff11\uff10.0.0.1/", reason=PRIVATE),
    "a backslash before the host": Case(fetch="http://127.0.0.1:1\\@example.org/", reason=PRIVATE),
    "a redirect to a file": Case(answer=moved("file:///etc/passwd"), reason=PRIVATE),
    "a redirect to a private address": Case(answer=moved("http://192.168.0.1/"), reason=PRIVATE),
    "eleven redirects": Case(answer=moved("/redirect/10"), reason=FaultReason.REDIRECTS),
    "a redirect to itself": Case(answer=moved("/a redirect to itself"), reason=FaultReason.REDIRECTS),
    "a gzip bomb": Case(answer=packed(gzip.compress, "gzip"), reason=LARGE),
    "a brotli bomb": Case(answer=packed(lambda raw: brotli.compress(raw, quality=1), "br"), reason=LARGE),
    "a zstd bomb": Case(answer=packed(zstandard.compress, "zstd"), reason=LARGE),
    "an endless body": Case(answer=body(lambda: endless(b"<p>text" * 20_000)), reason=LARGE),
    "a byte at a time": Case(answer=body(lambda: endless(b"a", 0.5)), reason=FaultReason.TIMEOUT),
    "less than announced": Case(answer=body(b"short", Content_Length="500", Connection="close"), reason=BROKEN),
    "a gigabyte announced": Case(answer=body(b"", Content_Length="1000000000"), reason=LARGE),
    "a flood of headers": Case(
        answer=lambda: Reply(body=GOOD, headers={f"X-{number}": "a" * 100 for number in range(20_000)}),
        reason=BROKEN,
    ),
    "a header of 10 MB": Case(answer=body(GOOD, X_Long="a" * 10 * MB), reason=BROKEN),
    "100,000 nested tags": Case(answer=body(b"<div>" * 100_000), reason=FaultReason.EXTRACTION),
    "400,000 tags": Case(answer=body(b"<b>a" * 400_000), reason=LARGE),
    "a head of 10 MB": Case(answer=body(b"<head><!--" + b"a" * 10 * MB + b"--></head>"), reason=LARGE),
    "a line of 10 MB": Case(answer=body(b"<main><p>" + b"word " * 2 * MB + b"</main>"), reason=LARGE),
    "an unknown charset": in_charset("caf\u00e9".encode(), "klingon"),
    "a wrong charset": in_charset("caf\u00e9".encode("latin-1"), "utf-8"),
    "a charset that is code": in_charset(b"ok text", "unicode_escape"),
    "NULs": in_charset(b"a\0b" + b"\0" * 10 + b" text" + b" and more" * 200, "utf-8"),
    "bytes that are no text": Case(answer=body(bytes(range(256)) * 200), reason=FaultReason.CONTENT_TYPE),
    "an entity bomb in a page": Case(answer=body(f"{ENTITIES}<html><main>text &b11;</main></html>")),
    "an entity bomb in a feed": Case(
        answer=body(f"{ENTITIES}<rss version='2.0'><channel><title>&b11;</title></channel></rss>", **XML),
        reason=FaultReason.BAD_FEED, feed=True,
    ),
    "a file in a feed": Case(
        answer=body(
            "<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&f;</title>"
            "</channel></rss>", **XML,
        ),
        reason=FaultReason.BAD_FEED, feed=True,
    ),
    "a bomb of a PDF": Case(answer=body(bomb, Content_Type="application/pdf"), reason=LARGE),
    "a scanned PDF": Case(answer=body(scanned, Content_Type="application/pdf"), reason=FaultReason.EMPTY),
    "a PDF with a password": Case(
        answer=body(lambda: pdf([[("Text", 11.0)]], password=b"x"), Content_Type="application/pdf"),
        reason=FaultReason.LOGIN,
    ),
    "a page that calls itself a PDF": Case(answer=body(GOOD, Content_Type="application/pdf")),
    "a page that differs at every load": Case(answer=lambda: f"<p>{time.time_ns()}</p>{GOOD}<p>{time.time_ns()}</p>"),
    "a script that never ends": Case(
        answer=body("<main>Text.</main><script>while (true) {}</script>"), reason=FaultReason.TIMEOUT, browser=True
    ),
    "a page that reloads itself for ever": Case(
        answer=body("<script>location.reload()</script>"), reason=FaultReason.TIMEOUT, browser=True
    ),
}  # fmt: skip


def page(asked: Asked) -> Answer | None:
    """What the server answers."""
    name = asked.path.removeprefix("/").replace("%20", " ")
    if name in CASES:
        return CASES[name].answer()
    left = name.removeprefix("redirect/")
    if left.isdigit():
        return Reply(status=302, headers={"Location": f"/redirect/{int(left) - 1}"}) if int(left) else GOOD
    return GOOD if name == "good" else None


def targets(url: str, *, slow: bool) -> list[Declaration]:
    """A target for each case that never ends, or for each of the others, and a good one in the end."""
    found = []
    for name, case in CASES.items():
        if (case.browser and find() is None) or (case.reason is FaultReason.TIMEOUT) is not slow:
            continue
        address = case.fetch or f"{url}/{name.replace(' ', '%20')}"
        source = Source(fetch=address, select=("main",), browser=case.browser)
        found.append(terms(source, name=name, watch=Watch(feed=address if case.feed else "")))
    return [*found, terms(Source(fetch=f"{url}/good", select=("main",)), name="good")]


def crawled() -> dict[str, Any]:
    """What came of crawling all cases: those that never end with little time, the others with the usual one."""
    begun = time.monotonic()
    came, texts = dict[str, str | None](), dict[str, str]()
    with serving(page) as server:
        allowed = [server.url.removeprefix("http://")]
        for slow, seconds in ((False, 30), (True, 3)):
            kept, visits = visit(
                targets(server.url, slow=slow), CLAUSEWATCH_ALLOW_HOSTS=allowed, CLAUSEWATCH_CHROMIUM="",
                ROBOTSTXT_OBEY=False, DOWNLOAD_TIMEOUT=seconds, **SETTINGS,
            )  # fmt: skip
            came |= {one.document.terms: one.fault.reason.value if one.fault else None for one in visits}
            texts |= {seen.document.terms: seen.text[:200] for seen in kept.observations}
    return {
        "came": came,
        "texts": texts,
        "seconds": round(time.monotonic() - begun, 1),
        "megabytes": megabytes(),
    }


def megabytes() -> int:
    """The most memory this process had. Not getrusage's figure, which begins with that of the process it came from."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(crawled()))
