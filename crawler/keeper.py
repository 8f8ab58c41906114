"""Keeper: keeps what a long crawl saw in a process of its own, so that writing does not keep the network waiting."""

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import NoReturn

from crawler.errors import KeepingError
from crawler.items import Item, Seen
from crawler.job import Job
from crawler.process import Died, Process, packed
from crawler.sink import Sink, Together
from crawler.visit import Visit

FIRST = 100
"""Texts of a crawl that our own process keeps: another takes a second to start and 130 MB, which pays only after that.

It starts at the first text after, and takes over when it is ready, so nothing waits for it. From then on all items go
there, so that two processes do not wait for each other to write."""
AT_ONCE = 256
"""Items that are on their way to the process, so that many are kept in one transaction.

Tried 2026-11-25 on pages of 10 kB: kept one by one they cost 1.8 ms of processor time and 5.4 ms in all, by tens 1.3
and 3.0, by 200 1.2 and 1.6. Scrapy holds no more than 5 MB of answers at once."""

MakeSink = Callable[[], AbstractContextManager[tuple[Sink, Together]]]
"""Makes, in whichever process it is called, a sink that keeps where the crawl's own does, and what several calls are
made within, such as one transaction. It can be pickled."""


class Keeper:
    """Hands items over: the first of a crawl to its own sink, later ones to one in a process of its own.

    What the sink there raises is raised to the caller of the crawl, as if it had been raised here. Nothing is told as
    kept before the transaction it was kept in has ended well. ready: the other process keeps from now on.
    """

    def __init__(self, job: Job, make: MakeSink | None, first: int = FIRST) -> None:
        self._job = job
        self._make = make
        self._left = first
        self._window = asyncio.Semaphore(AT_ONCE)
        self._starting: asyncio.Task[None] | None = None
        self._process: Process | None = None
        self.ready = False

    async def hand_over(self, item: Item) -> None:
        """Have an item kept, and whoever follows the crawl told. Raises Stopped when the crawl is being stopped."""
        if isinstance(item, Seen):
            self._left -= 1
        if self._left < 0 and self._starting is None and self._make is not None:
            self._starting = asyncio.create_task(self._start(self._make))
        if not self.ready or self._process is None:
            await self._job.ask(self._job.take, item)
            return
        async with self._window:
            try:
                answer: Visit | Exception | None = await self._process.ask(packed(item))
            except Died:
                answer = _died()
        if isinstance(answer, Exception):
            await self._job.ask(_raise, answer)
        else:
            await self._job.ask(self._job.on_item, item, answer)

    async def started(self) -> None:
        """Wait until the process is ready, or cannot be had."""
        if self._starting is not None:
            await self._starting

    async def close(self) -> None:
        """End the process."""
        if self._starting is not None:
            self._starting.cancel()
            with suppress(asyncio.CancelledError):
                await self._starting
        if self._process is not None:
            await self._process.close()

    async def _start(self, make: MakeSink) -> None:
        """Start the process and wait until it has made its sink; where that cannot be, we go on keeping ourselves."""
        with suppress(OSError, Died):
            self._process = await Process.started("crawler.keeping", os.environ)
            self.ready = await self._process.ask(packed(make)) is None


def _raise(error: Exception) -> NoReturn:
    raise error


def _died() -> KeepingError:
    return KeepingError(
        "the crawl", "the process that keeps what it saw has died", "run it again; what was told is kept"
    )
