"""Keeping: makes an answer once, however many ask for it at the same time, and keeps it while the archive stands."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool

from clausewatch.web.cache import Cache, Drawn, Key
from clausewatch.web.site import Site

TURNS: Final = 1024
"""Addresses whose turns are remembered; one that was forgotten is made twice at worst."""


class Keeping:
    """The answers made last. To be used from one event loop."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._cache = Cache()
        self._turns: OrderedDict[Key, asyncio.Lock] = OrderedDict()
        self._under_way: dict[tuple[Key, tuple[int, ...]], asyncio.Task[Drawn]] = {}

    async def get(self, key: Key, make: Callable[[], Drawn]) -> Drawn:
        """The answer of that name, made in another thread where it is not kept. Raises what `make` raises."""
        stand = self._site.stand()
        kept = self._cache.get(key, stand)
        if kept is not None:
            return kept
        making = self._under_way.get((key, stand))
        if making is None:
            making = asyncio.create_task(self._made(key, stand, make))
            self._under_way[key, stand] = making
            making.add_done_callback(lambda task: self._done(key, stand, task))
        return await asyncio.shield(making)

    def turn(self, key: Key) -> asyncio.Lock:
        """One after the other for those who ask for the same: the second finds what the first has made."""
        while len(self._turns) >= TURNS:
            self._turns.popitem(last=False)
        lock = self._turns.setdefault(key, asyncio.Lock())
        self._turns.move_to_end(key)
        return lock

    def kept(self, key: Key) -> Drawn | None:
        """The answer of that name, where it is kept."""
        return self._cache.get(key, self._site.stand())

    def keep(self, key: Key, answer: Drawn) -> None:
        """Keep an answer that was made elsewhere."""
        self._cache.put(key, self._site.stand(), answer)

    async def _made(self, key: Key, stand: tuple[int, ...], make: Callable[[], Drawn]) -> Drawn:
        page = await run_in_threadpool(make)
        if page.status == 200:
            self._cache.put(key, stand, page)
        return page

    def _done(self, key: Key, stand: tuple[int, ...], task: "asyncio.Task[Drawn]") -> None:
        self._under_way.pop((key, stand), None)
        if not task.cancelled():
            task.exception()  # whoever waited was told; where all have gone nobody need be
