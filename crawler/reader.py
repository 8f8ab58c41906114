"""Reader: reads the pages of a crawl in a process of its own, so that they do not keep the network waiting."""

import asyncio
from collections.abc import Sequence

from crawler.declarations import Declaration
from crawler.extraction import Extraction
from crawler.faults import our_failure
from crawler.process import Died, Process, packed
from crawler.reading import read
from diffing.capture import Capture
from diffing.fault import Fault

FIRST = 100
"""Pages of a crawl that are read in our own process: starting another, and its 50 MB, pays only after that."""
AT_ONCE = 4
"""Pages that are on their way to the process, so that it need not wait for the next."""

Answer = Extraction | Fault


class Reader:
    """Reads pages in order. A page at which the process dies is a fault; those behind it go to a new process."""

    def __init__(self, first: int = FIRST) -> None:
        self._left = first
        self._window = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._process: Process | None = None
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
                    answer: Answer = await process.ask(packed((tuple(captures), declaration)))
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

    async def _running(self) -> Process:
        async with self._starting:
            if self._process is None or self._process.gone:
                self._process = await Process.started("crawler.reading")
            return self._process
