"""Pages a second of a whole crawl on loopback, beside a bare Scrapy spider that throws its pages away, in one run.

python -m benchmarks.crawl [TERMS [KILOBYTES]]: that many terms on pages of that size, first all new, then all
unchanged and sent in full, then answered by 304. The server runs in a process of its own. Nothing is asserted.
"""

import asyncio
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

import data
from crawler import run
from crawler.declarations import Declaration, Source
from crawler.recorder import Recorder
from crawler.settings import base
from diffing.archive import Archive
from diffing.capture import Capture
from diffing.topics import load_topics
from diffing.version import Document

OUT = Path(__file__).parent / "results" / "crawl.json"
SETTINGS: dict[str, Any] = {
    "CLAUSEWATCH_ALLOW_HOSTS": ["127.0.0.1"],
    "CLAUSEWATCH_CHROMIUM": "none",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "ROBOTSTXT_OBEY": False,
}
SENTENCE = (
    "We keep the {word} you give us for as long as your account {number} is open, and delete it {word} days later."
)
WORDS = ("name", "address", "photo", "message", "payment", "search", "location", "device")


def page(number: int, kilobytes: int) -> bytes:
    """A policy of that size, different for each number."""
    parts = [
        f"<html><head><title>Policy {number}</title></head><body><nav><a href=/>Home</a></nav><main><h1>Privacy</h1>"
    ]
    size = 0
    for line in range(1_000_000):
        text = " ".join(SENTENCE.format(word=WORDS[(line + n) % 8], number=number * 1000 + line) for n in range(3))
        parts.append(f"<h2>Section {line}</h2><p>{text}</p>" if line % 5 == 0 else f"<p>{text}</p>")
        size += len(parts[-1])
        if size > 1000 * kilobytes:
            break
    return ("".join(parts) + "</main><footer>Imprint</footer></body></html>").encode()


class Server(asyncio.Protocol):
    """Answers GET /NUMBER with a page, or with 304 when it is asked for with a validator."""

    pages: dict[int, bytes] = {}  # noqa: RUF012
    kilobytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self.transport: Any = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        """Part of a request has come."""
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            number = int(path[1:]) if path[1:].isdigit() else -1
            if b"if-none-match" in head.lower():
                self.transport.write(b'HTTP/1.1 304 Not Modified\r\nETag: "%d"\r\n\r\n' % number)
                continue
            body = page(number, self.kilobytes) if number not in self.pages else self.pages[number]
            self.transport.write(
                b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "%d"\r\nContent-Length: %d\r\n\r\n%s'
                % (number, len(body), body)
            )


def _serve(port: Any, terms: int, kilobytes: int) -> None:
    async def forever() -> None:
        Server.kilobytes = kilobytes
        Server.pages = {number: page(number, kilobytes) for number in range(terms)}
        server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextmanager
def serving(terms: int, kilobytes: int) -> Iterator[str]:
    """The server's address."""
    context = multiprocessing.get_context("spawn")
    port: Any = context.Queue()
    process = context.Process(target=_serve, args=(port, terms, kilobytes), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{port.get(timeout=120)}"
    finally:
        process.terminate()
        process.join()


class BareSpider(scrapy.Spider):
    """Fetches pages and throws them away."""

    name = "bare"
    urls: Sequence[str] = ()
    validators = False

    async def start(self) -> Any:
        """All requests."""
        for url in self.urls:
            headers = {"If-None-Match": f'"{url.rpartition("/")[2]}"'} if self.validators else {}
            yield scrapy.Request(url, headers=headers, dont_filter=True)

    def parse(self, response: Any) -> None:
        """Throw it away."""


def bare(urls: Sequence[str], *, validators: bool) -> float:
    """Pages a second of the bare spider, with Scrapy's own settings but for concurrency and delay."""
    ours = ("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED")
    settings = Settings({name: SETTINGS[name] for name in ours})
    settings.update(
        {"TWISTED_REACTOR": base()["TWISTED_REACTOR"], "TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "WARNING",
         "HTTPERROR_ALLOW_ALL": True, "ROBOTSTXT_OBEY": False}
    )  # fmt: skip

    async def crawl() -> None:
        await AsyncCrawlerRunner(settings).crawl(BareSpider, urls=urls, validators=validators)

    begun = time.perf_counter()
    asyncio.run_coroutine_threadsafe(crawl(), run._loop()).result()
    return len(urls) / (time.perf_counter() - begun)


def ours(targets: Sequence[Declaration], archive: Archive, at: datetime, *, validators: bool = True) -> float:
    """Terms a second of a whole crawl: fetched, extracted, judged, kept. validators: ask for what is new alone."""

    def without(document: Document, source: str) -> Capture | None:
        known = archive.validators(document, source)
        return replace(known, headers={}) if known else None

    recorder = Recorder(archive, load_topics([data.folder("topics")]))
    begun = time.perf_counter()
    visits = run.crawl(
        targets,
        sink=recorder,
        settings=SETTINGS,
        now=lambda: at,
        validators=archive.validators if validators else without,
        together=archive.batch,
    )
    took = time.perf_counter() - begun
    faults = [visit.fault for visit in visits if visit.fault]
    assert not faults, faults[0]
    return len(targets) / took


def main(terms: int, kilobytes: int) -> None:
    """Measure, print and write the results."""
    start = datetime(2025, 9, 18, tzinfo=UTC)
    with serving(terms, kilobytes) as url, tempfile.TemporaryDirectory() as folder:
        urls = [f"{url}/{number}" for number in range(terms)]
        targets = [
            Declaration(service=f"S{number % 500}", terms=f"T{number}", sources=(Source(fetch=one, select=("main",)),))
            for number, one in enumerate(urls)
        ]
        with Archive.open(Path(folder) / "archive.db") as archive:
            measured: dict[str, float] = {"terms": terms, "kilobytes a page": kilobytes}
            bare(urls[:100], validators=False)  # the first crawl of a process imports
            measured["bare, pages/s"] = bare(urls, validators=False)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            measured["new, pages/s"] = ours(targets, archive, start)
            measured["new / bare"] = measured["new, pages/s"] / measured["bare, pages/s"]
            measured["unchanged, pages/s"] = ours(targets, archive, start + timedelta(hours=3), validators=False)
            measured["unchanged / bare"] = measured["unchanged, pages/s"] / measured["bare, pages/s"]
            measured["bare 304, pages/s"] = bare(urls, validators=True)
            measured["304, pages/s"] = ours(targets, archive, start + timedelta(hours=6))
            measured["304 / bare 304"] = measured["304, pages/s"] / measured["bare 304, pages/s"]
            measured["peak memory of the bare spider, MB"] = before
            measured["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(measured, indent=2) + "\n")
    for name, value in measured.items():
        print(f"{name:40} {value:.2f}")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [5_000, 10][len(given) :]))
