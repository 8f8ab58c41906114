"""Reader: reads the pages of a crawl in a process of its own, so that they do not keep the network waiting."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from crawler.declarations import Declaration
from crawler.extraction import Extraction
from crawler.faults import our_failure
from crawler.reading import LENGTH, packed, read
from diffing.capture import Capture
from diffing.fault import Fault

FIRST = 100
"""Pages of a crawl that are read in our own process: starting another, and its 50 MB, pays only after that."""
AT_ONCE = 4
"""Pages that are on their way to the process, so that it need not wait for the next."""

Answer = Extraction | Fault


class Died(Exception):  # noqa: N818
    """The process has died. at_this_one: of the pages on their way it was this one that it was reading."""

    def __init__(self, *, at_this_one: bool) -> None:
        super().__init__()
        self.at_this_one = at_this_one


class Reader:
    """Reads pages in order. A page at which the process dies is a fault; those behind it go to a new process."""

    def __init__(self, first: int = FIRST) -> None:
        self._left = first
        self._window = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._process: _Process | None = None
        self._works: bool | None = None  # None: it has not answered yet; False: it cannot be had, so we read here

    async def read(self, captures: Sequence[Capture], declaration: Declaration) -> Answer:
        """The text of a target, or why there is none. In the loop's thread only."""
        self._left -= 1
        if self._left >= 0:
            return read(captures, declaration)
        async with self._window:
            while self._works is not False:
                try:
                    process = await self._running()
                    answer = await process.ask(packed((tuple(captures), declaration)))
                except OSError:  # it cannot be started
                    self._works = False
                except Died as died:
                    if self._works is None:
                        self._works = False
                    elif died.at_this_one:
                        return our_failure(captures[0].url, "the process that reads pages died at this one")
                else:
                    self._works = True
                    return answer
        return read(captures, declaration)

    async def close(self) -> None:
        """End the process."""
        if self._process is not None:
            await self._process.close()

    async def _running(self) -> "_Process":
        async with self._starting:
            if self._process is None or self._process.gone:
                self._process = _Process(await _started())
            return self._process


class _Process:
    """A process that reads pages, and who waits for its answers, which come in the order of the requests."""

    def __init__(self, process: Process) -> None:
        self.gone = False
        self._process = process
        self._waiting: deque[asyncio.Future[Answer]] = deque()
        self._listening = asyncio.create_task(self._listen())

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    async def ask(self, request: bytes) -> Answer:
        """What it answers. Raises Died."""
        assert self._process.stdin is not None  # it is a pipe
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._process.stdin.write(request)
        with suppress(OSError):  # whoever listens notices too
            await self._process.stdin.drain()
        return await answer

    async def close(self) -> None:
        """End it, and let nobody wait."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self._process.stdout is not None  # it is a pipe
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                size = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))[0]
                answer: Answer = pickle.loads(await self._process.stdout.readexactly(size))  # noqa: S301
                waiting = self._waiting.popleft()
                if not waiting.done():  # or its crawl was stopped
                    waiting.set_result(answer)
        self.gone = True
        for place, waiting in enumerate(self._waiting):
            if not waiting.done():
                waiting.set_exception(Died(at_this_one=place == 0))


async def _started() -> Process:
    """The process: it knows our modules and nothing of our environment, and Ctrl-C is not for it."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "crawler.reading",
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={"PYTHONPATH": paths}, start_new_session=True,
    )  # fmt: skip
