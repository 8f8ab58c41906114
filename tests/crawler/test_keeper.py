import asyncio
import os
import pickle
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from clausewatch.config import Config
from clausewatch.wiring.recording import Apart, recorder
from crawler import run
from crawler.declarations import Source
from crawler.errors import KeepingError
from crawler.items import Item, Seen
from crawler.job import Job
from crawler.keeper import FIRST, Keeper
from crawler.observation import Observation
from crawler.sink import Sink
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.archive.errors import FullDisk
from diffing.outcome import Outcome
from diffing.wait import Wait
from tests.support.crawling import SETTINGS, WHEN, Kept, terms
from tests.support.server import serving

NEVER = 1 << 30


@dataclass(frozen=True, slots=True)
class Noting:
    """Makes a sink that notes each text, and who was given it, in a file. breaks: after so many texts."""

    path: Path
    breaks: int = NEVER

    @contextmanager
    def __call__(self) -> Iterator[tuple[Sink, Callable[[], AbstractContextManager[object]]]]:
        yield _Noted(self.path, self.breaks), nullcontext


class _Noted(Kept):
    def __init__(self, path: Path, breaks: int) -> None:
        super().__init__()
        self._path, self._left = path, breaks

    def observe(self, observation: Observation) -> Visit:
        self._left -= 1
        if self._left < 0:
            raise FullDisk("the archive", "the disk is full", "make room")
        with self._path.open("a") as out:
            out.write(f"{observation.document.terms} {os.getpid()}\n")
        return Visit(document=observation.document, outcome=Outcome.NEW)


def item(number: int) -> Item:
    target = terms(name=f"Terms {number}")
    observation = Observation(
        document=target.document, text="We keep your name.\n", url="https://example.org", observed_at=WHEN, captures=(),
        extractor="1", declaration=target.hash,
    )  # fmt: skip
    return Seen(target=target, observation=observation)


def keeps(make: Noting, script: Callable[[Keeper], Awaitable[None]]) -> list[Visit | None]:
    """Run a script with a keeper whose process is ready; what was told of the items."""
    told: list[Visit | None] = []

    async def scripted() -> None:
        here = _Noted(make.path, breaks=NEVER)
        keeper = Keeper(Job(targets=(), sink=here, on_item=lambda one, visit: told.append(visit)), make, first=0)
        try:
            await keeper.hand_over(item(0))
            await keeper.started()
            assert keeper.ready
            await script(keeper)
        finally:
            await keeper.close()

    asyncio.run(scripted())
    return told


def noted(path: Path) -> list[tuple[str, int]]:
    lines = [line.rpartition(" ") for line in path.read_text().splitlines()]
    return [(name, int(pid)) for name, _, pid in lines]


def test_later_items_are_kept_in_order_in_a_process_of_its_own_and_told_of_here(tmp_path: Path) -> None:
    async def script(keeper: Keeper) -> None:
        await asyncio.gather(*(keeper.hand_over(item(number)) for number in range(1, 40)))

    told = keeps(Noting(tmp_path / "noted"), script)
    found = noted(tmp_path / "noted")
    assert [name for name, _ in found] == [f"Terms {number}" for number in range(40)]
    assert [visit.document.terms for visit in told if visit] == [name for name, _ in found]
    pids = {pid for _, pid in found[1:]}
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_what_the_sink_raises_there_is_raised_here_as_it_was(tmp_path: Path) -> None:
    async def script(keeper: Keeper) -> None:
        await keeper.hand_over(item(1))
        with pytest.raises(FullDisk) as raised:
            await keeper.hand_over(item(2))
        assert str(raised.value) == "the archive: the disk is full; make room"
        assert (raised.value.where, raised.value.reason) == ("the archive", FullDisk.reason)

    told = keeps(Noting(tmp_path / "noted", breaks=1), script)
    assert [visit.document.terms for visit in told if visit] == ["Terms 0", "Terms 1"]


def test_when_the_process_dies_the_crawl_is_told_so_and_nothing_is_told_as_kept(tmp_path: Path) -> None:
    async def script(keeper: Keeper) -> None:
        assert keeper._process is not None
        os.kill(keeper._process.pid, signal.SIGSTOP)
        asked = [asyncio.ensure_future(keeper.hand_over(item(number))) for number in (1, 2)]
        await asyncio.sleep(0)
        os.kill(keeper._process.pid, signal.SIGKILL)
        for answer in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(answer, KeepingError)
            assert str(answer) == (
                "the crawl: the process that keeps what it saw has died; run it again; what was told is kept"
            )
        with pytest.raises(KeepingError):
            await keeper.hand_over(item(3))

    assert len(keeps(Noting(tmp_path / "noted"), script)) == 1
    assert [name for name, _ in noted(tmp_path / "noted")] == ["Terms 0"]


def test_where_no_process_can_be_had_items_are_kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")

    async def script() -> None:
        keeper = Keeper(Job(targets=(), sink=_Noted(tmp_path / "noted", NEVER)), Noting(tmp_path / "noted"), first=0)
        for number in range(3):
            await keeper.hand_over(item(number))
            await keeper.started()
        await keeper.close()

    asyncio.run(script())
    assert noted(tmp_path / "noted") == [(f"Terms {number}", os.getpid()) for number in range(3)]


def test_a_long_crawl_into_an_archive_keeps_every_text_once_and_lets_others_write(tmp_path: Path) -> None:
    count = FIRST + 100
    config = Config(archive=tmp_path / "a.db")
    with serving({f"/{number}": f"<main>We keep {number} names.</main>" for number in range(count)}) as server:
        targets = tuple(
            terms(Source(fetch=f"{server.url}/{number}", select=("main",)), name=f"Terms {number}")
            for number in range(count)
        )
        make = Apart(config=config, path=config.archive, known=targets)
        with Archive.open(config.archive) as archive:

            def writes(step: run.Progressed) -> None:
                if step.done % 20 == 0:
                    archive.keep_wait(Wait(place=f"{step.done}.example", until=WHEN, failures=1))

            visits = run.crawl(
                targets, sink=recorder(config, archive, known=targets), settings=SETTINGS, now=lambda: WHEN,
                together=archive.batch, keep=make, on_progress=writes,
            )  # fmt: skip
            assert len(archive.waits()) == count // 20
            kept = [archive.versions(target.document) for target in targets]
    assert [visit.outcome for visit in visits] == [Outcome.NEW] * count
    assert [[version.text for version in versions] for versions in kept] == [
        [f"We keep {number} names.\n"] for number in range(count)
    ]


def test_what_is_raised_in_the_other_process_stops_the_crawl(tmp_path: Path) -> None:
    count = FIRST + 1_400
    pages = {f"/{number}": f"<main>We keep {number} names.</main>" for number in range(count)}
    with serving(pages) as server, pytest.raises(FullDisk, match="the disk is full"):
        run.crawl(
            [terms(Source(fetch=f"{server.url}{path}", select=("main",)), name=path) for path in pages],
            sink=_Noted(tmp_path / "noted", breaks=NEVER),
            settings={**SETTINGS, "ROBOTSTXT_OBEY": False},
            now=lambda: WHEN,
            keep=Noting(tmp_path / "noted", breaks=20),
        )
    assert len({pid for _, pid in noted(tmp_path / "noted")}) == 2


def test_errors_are_the_same_after_a_journey_between_processes() -> None:
    error = FullDisk("the archive", "the disk is full", "make room")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.todo) == (FullDisk, str(error), "make room")
