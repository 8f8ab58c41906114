"""Pages a second of a whole crawl on loopback, beside a bare Scrapy spider that throws its pages away, in one run.

python -m benchmarks.crawl [TERMS [KILOBYTES [ROUNDS]]]: that many terms on pages of that size, first all new, then all
unchanged and sent in full, then answered by 304; each time the bare spider asks the same server right before. The
server runs in a process of its own and has its pages ready. Nothing is asserted.
"""

import asyncio
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

import data
from benchmarks.apart import Apart
from benchmarks.costs import cpu_seconds, peak_mb
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


def bare(urls: Sequence[str], *, validators: bool) -> int:
    """A crawl of the bare spider, with Scrapy's own settings but for concurrency and delay."""
    ours = ("CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED")
    settings = Settings({name: SETTINGS[name] for name in ours})
    settings.update(
        {"TWISTED_REACTOR": base()["TWISTED_REACTOR"], "TELNETCONSOLE_ENABLED": False, "LOG_LEVEL": "WARNING",
         "HTTPERROR_ALLOW_ALL": True, "ROBOTSTXT_OBEY": False}
    )  # fmt: skip

    async def crawl() -> None:
        await AsyncCrawlerRunner(settings).crawl(BareSpider, urls=urls, validators=validators)

    asyncio.run_coroutine_threadsafe(crawl(), run._loop()).result()
    return len(urls)


def ours(targets: Sequence[Declaration], archive: Archive, at: datetime, *, validators: bool = True) -> int:
    """A whole crawl: fetched, extracted, judged, kept. validators: ask for what is new alone."""

    def without(document: Document, source: str) -> Capture | None:
        known = archive.validators(document, source)
        return replace(known, headers={}) if known else None

    recorder = Recorder(archive, load_topics([data.folder("topics")]))
    visits = run.crawl(
        targets,
        sink=recorder,
        settings=SETTINGS,
        now=lambda: at,
        validators=archive.validators if validators else without,
        together=archive.batch,
        keep=Apart(archive.path),
    )
    faults = [visit.fault for visit in visits if visit.fault]
    assert not faults, faults[0]
    return len(targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A crawl: pages a second, and milliseconds of processor time a page in all of our processes."""

    pages: float
    processor: float


def measured(crawl: Callable[[], int]) -> Measured:
    """Run a crawl, which says how many pages it saw, and measure it."""
    begun, used = time.perf_counter(), cpu_seconds()
    count = crawl()
    return Measured(pages=count / (time.perf_counter() - begun), processor=1000 * (cpu_seconds() - used) / count)


def one_round(url: str, terms: int) -> dict[str, float]:
    """New pages, unchanged ones and answers 304, each right after the bare spider, into an archive of its own."""
    start = datetime(2025, 9, 18, tzinfo=UTC)
    urls = [f"{url}/{number}" for number in range(terms)]
    targets = [
        Declaration(service=f"S{number % 500}", terms=f"T{number}", sources=(Source(fetch=one, select=("main",)),))
        for number, one in enumerate(urls)
    ]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.db") as archive:
        for hours, name in enumerate(("new", "unchanged", "304")):
            at, validators = start + timedelta(hours=3 * hours), name == "304"
            thrown = measured(lambda: bare(urls, validators=validators))  # noqa: B023 - called at once
            kept = measured(lambda: ours(targets, archive, at, validators=name != "unchanged"))  # noqa: B023
            found |= {
                f"{name}, bare pages/s": thrown.pages, f"{name}, pages/s": kept.pages,
                f"{name} / bare": kept.pages / thrown.pages,
                f"{name}, bare processor ms": thrown.processor, f"{name}, processor ms": kept.processor,
            }  # fmt: skip
    return found


def main(terms: int, kilobytes: int, rounds: int) -> None:
    """Measure, print the median of the rounds and all of them, and write the results."""
    with serving(terms, kilobytes) as url:
        bare([f"{url}/{number}" for number in range(100)], validators=False)  # the first crawl of a process imports
        all_rounds = [one_round(url, terms) for _ in range(rounds)]
    sys.stdout.write(f"{terms} terms, {kilobytes} kB a page, the median of {rounds} rounds and each of them\n")
    for name in all_rounds[0]:
        values = [one[name] for one in all_rounds]
        shown = "".join(f"{value:9.2f}" for value in values)
        sys.stdout.write(f"{name:28}{statistics.median(values):9.2f}   {shown}\n")
    memory = {"peak memory, MB": peak_mb()}
    for name, value in memory.items():
        sys.stdout.write(f"{name:36}{value}\n")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        json.dumps({"terms": terms, "kilobytes": kilobytes, "rounds": all_rounds, **memory}, indent=2) + "\n"
    )


if __name__ == "__main__":
    from benchmarks import crawl  # so that what is pickled here is known by its own name

    given = [int(argument) for argument in sys.argv[1:]]
    crawl.main(*(given + [5_000, 10, 3][len(given) :]))
