import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence

import pytest

from crawler import reading
from crawler.declarations import Declaration, Source
from crawler.extraction import Extraction, extract
from crawler.reader import FIRST, Reader
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from tests.support.crawling import WHEN, terms, visit
from tests.support.server import serving

TARGET = terms(Source(fetch="https://example.org/privacy", select=("main",)))


def capture(words: str) -> Capture:
    url = "https://example.org/privacy"
    body = f"<title>Privacy</title><main><h1>Privacy</h1><p>{words}</p></main>".encode()
    return Capture(source=url, url=url, status=200, fetched_at=WHEN, body=body, headers={"content-type": "text/html"})


def reads(script: Callable[[Reader], Awaitable[None]]) -> None:
    async def run() -> None:
        reader = Reader(first=0)
        try:
            await script(reader)
        finally:
            await reader.close()

    asyncio.run(run())


def test_a_process_of_its_own_reads_pages_as_we_do_and_answers_each_to_whom_it_belongs() -> None:
    pages = [capture(f"We keep your name for {days} days. <b>C'est ça</b>") for days in range(20)]

    async def script(reader: Reader) -> None:
        assert await asyncio.gather(*(reader.read([page], TARGET) for page in pages)) == [
            extract([page], TARGET) for page in pages
        ]
        assert pid_of(reader) != os.getpid()

    reads(script)


def test_the_page_at_which_the_process_dies_is_a_fault_and_the_next_is_read() -> None:
    async def script(reader: Reader) -> None:
        assert isinstance(await reader.read([capture("One.")], TARGET), Extraction)
        os.kill(pid_of(reader), signal.SIGKILL)
        died = await reader.read([capture("Two.")], TARGET)
        assert isinstance(died, Fault)
        assert died.reason is FaultReason.EXTRACTION
        assert "the process that reads pages died" in died.what
        assert isinstance(await reader.read([capture("Three.")], TARGET), Extraction)

    reads(script)


def test_pages_behind_the_one_at_which_the_process_dies_are_read_by_the_next() -> None:
    async def script(reader: Reader) -> None:
        await reader.read([capture("One.")], TARGET)
        os.kill(pid_of(reader), signal.SIGSTOP)
        asked = [asyncio.ensure_future(reader.read([capture(f"Page {n}.")], TARGET)) for n in range(9)]
        await asyncio.sleep(0)
        os.kill(pid_of(reader), signal.SIGKILL)
        first, *others = await asyncio.gather(*asked)
        assert isinstance(first, Fault)
        assert others == [extract([capture(f"Page {n}.")], TARGET) for n in range(1, 9)]

    reads(script)


def test_a_reading_that_is_cancelled_does_not_answer_the_next() -> None:
    async def script(reader: Reader) -> None:
        await reader.read([capture("One.")], TARGET)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read([capture("Two. " * 100_000)], TARGET), timeout=0.001)
        assert await reader.read([capture("Three.")], TARGET) == extract([capture("Three.")], TARGET)

    reads(script)


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_where_no_process_can_be_had_pages_are_read_all_the_same(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)

    async def script(reader: Reader) -> None:
        for words in ("One.", "Two."):
            assert await reader.read([capture(words)], TARGET) == extract([capture(words)], TARGET)

    reads(script)


def test_a_defect_of_ours_is_a_fault_that_names_it_and_not_the_publishers(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(captures: Sequence[Capture], declaration: Declaration) -> Extraction:
        raise ZeroDivisionError(declaration.service)

    monkeypatch.setattr(reading, "extract", broken)
    with serving({"/privacy": "<main>We keep your name.</main>"}) as server:
        _, (seen,) = visit([terms(Source(fetch=f"{server.url}/privacy", select=("main",)))])
    assert seen.fault is not None
    assert seen.fault.reason is FaultReason.EXTRACTION
    assert "ZeroDivisionError" in seen.fault.what


def test_a_crawl_of_many_new_pages_reads_the_later_ones_alike() -> None:
    count = FIRST + 20
    with serving({f"/{number}": f"<main>We keep {number} names.</main>" for number in range(count)}) as server:
        targets = [
            terms(Source(fetch=f"{server.url}/{number}", select=("main",)), name=f"Terms {number}")
            for number in range(count)
        ]
        kept, visits = visit(targets)
    assert [one.fault for one in visits if one.fault] == []
    assert sorted(seen.text for seen in kept.observations) == sorted(f"We keep {n} names.\n" for n in range(count))


def pid_of(reader: Reader) -> int:
    process = reader._process
    assert process is not None
    return process.pid
