"""Running a crawl from any thread, as often as one likes.

Twisted's reactor can be started once in a process. So it runs in a daemon thread of its own, from the first crawl to
the end of the process; each call of `crawl` submits a crawl to it, answers what the crawl asks (archive reads and
writes happen in the calling thread, see `crawler.desk`), and returns what came of it.
"""

import asyncio
import atexit
import importlib
import logging
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from twisted.internet import asyncioreactor
from twisted.internet.error import ReactorAlreadyInstalledError

from crawler.cycles import seldom_collecting
from crawler.declarations import Declaration
from crawler.desk import Desk
from crawler.errors import ReactorError
from crawler.items import Item
from crawler.job import Job, KnownPosts, OnFetch, Validators, no_known_posts, no_validators, now_utc, untimed
from crawler.keeper import Keeper, MakeSink
from crawler.patience import Forgetful, Waits
from crawler.reader import Reader
from crawler.resolver import CheckingResolver
from crawler.settings import base
from crawler.sink import Sink, Together
from crawler.spiders.pages import Came, Page, PagesSpider
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import Fault

STOP_SECONDS = 3.0
"""How long a crawl that is interrupted may take to close; then it is left to end by itself in its thread."""

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed:
    """How far a crawl is: `done` of `total` targets are finished; `visit` has just come in.

    visit: None when a target was finished with nothing more to tell, as a blog after its posts.
    """

    done: int
    total: int
    visit: Visit | None


def crawl(
    targets: Sequence[Declaration],
    *,
    sink: Sink,
    settings: Mapping[str, Any] | None = None,
    now: Callable[[], datetime] = now_utc,
    validators: Validators = no_validators,
    known_posts: KnownPosts = no_known_posts,
    on_progress: Callable[[Progressed], None] | None = None,
    on_fetch: OnFetch = untimed,
    together: Together = nullcontext,
    waits: Waits | None = None,
    keep: MakeSink | None = None,
    collect: bool = True,
) -> tuple[Visit, ...]:
    """Visit the targets and hand what was seen to the sink; what came of it, in the order of the targets.

    settings: Scrapy settings laid over `crawler.settings.base()`. now: the clock, aware UTC. The sink and all functions
    given are called in the calling thread, one call at a time, on_fetch apart. A target that fails is a visit with a
    fault and stops only itself. What the sink or a function raises stops the crawl and is raised here; so is Ctrl-C.
    together: what calls that wait at the same time are made within, such as one transaction. waits: what sites
    have asked us to stay away for, None: nothing is remembered. keep: makes a sink that keeps where this one does, for
    a process of its own, to which the later items of a long crawl go; None: all go to this one. collect: False returns
    () and holds no visit, with its change and the texts on both sides, once on_progress has been told of it. Two
    threads that call at once take turns. Raises ReactorError when the process has another reactor already.
    """
    with _ONE_AT_A_TIME, seldom_collecting():
        loop = _loop()
        desk = Desk(loop)
        ledger = _Ledger(targets=targets, on_progress=on_progress, collect=collect)
        job = Job(
            targets=targets, sink=sink, now=now, validators=validators, known_posts=known_posts,
            on_item=ledger.note, ask=desk.ask, on_fetch=on_fetch,
            waits=waits or Forgetful(),
        )  # fmt: skip
        keeper = Keeper(job, keep)
        runner = AsyncCrawlerRunner(Settings({**base(), **(settings or {})}))
        running = asyncio.run_coroutine_threadsafe(_run(runner, job, desk, keeper), loop)
        running.add_done_callback(lambda _: desk.finish())
        try:
            desk.serve(lambda: nullcontext() if keeper.ready else together())
        finally:
            if not running.done():
                _stop(loop, desk, runner, running)
        running.result()
    return ledger.visits()


def fetch(
    pages: Sequence[Page], *, settings: Mapping[str, Any] | None = None, now: Callable[[], datetime] = now_utc
) -> dict[str, Capture | Fault]:
    """Fetch pages that belong to no target; by their addresses, in order, what came of each.

    As politely as a crawl, through the same address gate, but nothing is kept. Raises ReactorError as `crawl` does.
    """
    came: dict[str, Capture | Fault] = {}
    with _ONE_AT_A_TIME:
        loop = _loop()
        runner = AsyncCrawlerRunner(Settings({**base(), **(settings or {}), "ITEM_PIPELINES": {}}))
        running = asyncio.run_coroutine_threadsafe(_fetch(runner, pages, came.__setitem__, now), loop)
        try:
            running.result()
        finally:
            if not running.done():
                stopping = asyncio.run_coroutine_threadsafe(runner.stop(), loop)
                wait((running, stopping), timeout=STOP_SECONDS)
    return {page.url: came[page.url] for page in pages if page.url in came}


async def _fetch(runner: AsyncCrawlerRunner, pages: Sequence[Page], came: Came, now: Callable[[], datetime]) -> None:
    from twisted.internet import reactor  # only once one is installed

    CheckingResolver.from_crawler(runner, reactor).install_on_reactor()
    await runner.crawl(PagesSpider, pages=pages, came=came, now=now)


@dataclass(slots=True, kw_only=True)
class _Ledger:
    """What has come of the targets so far."""

    targets: Sequence[Declaration]
    on_progress: Callable[[Progressed], None] | None
    collect: bool
    rows: list[tuple[int, Visit]] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    numbers: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {id(target): number for number, target in enumerate(self.targets)}

    def note(self, item: Item, visit: Visit | None) -> None:
        """Take down what came of an item, and tell whoever follows the crawl."""
        number = self.numbers[id(item.target)]
        if visit is not None and self.collect:
            self.rows.append((number, visit))
        if item.last:
            self.done.add(number)
        if self.on_progress is not None:
            self.on_progress(Progressed(done=len(self.done), total=len(self.targets), visit=visit))

    def visits(self) -> tuple[Visit, ...]:
        """The visits in the order of their targets."""
        return tuple(visit for _, visit in sorted(self.rows, key=lambda row: row[0]))


async def _run(runner: AsyncCrawlerRunner, job: Job, desk: Desk, keeper: Keeper) -> None:
    from twisted.internet import reactor  # only once one is installed

    CheckingResolver.from_crawler(runner, reactor).install_on_reactor()
    reader = Reader()
    job = replace(job, read=reader.read, keep=keeper.hand_over)
    try:
        for name, blogs in (("policies", False), ("blogs", True)):
            if not desk.left and any(target.is_blog is blogs for target in job.targets):
                await runner.crawl(name, job=job)
    finally:
        await reader.close()
        await keeper.close()


def _stop(loop: asyncio.AbstractEventLoop, desk: Desk, runner: AsyncCrawlerRunner, running: Future[None]) -> None:
    """End a crawl whose caller has gone: nothing more is asked or stored, and no new page is fetched."""
    loop.call_soon_threadsafe(desk.leave)
    stopping = asyncio.run_coroutine_threadsafe(runner.stop(), loop)
    wait((running, stopping), timeout=STOP_SECONDS)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of the crawls, running with its reactor in a thread of its own from now on."""
    for name in ("scrapy", "scrapy-playwright", "twisted", "trafilatura", "htmldate", "protego"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # else their warnings go straight to stderr
    loop = asyncio.new_event_loop()
    started: Future[None] = Future()
    thread = threading.Thread(target=_serve, args=(loop, started), name="crawl", daemon=True)
    thread.start()
    started.result()
    atexit.register(_shut_down, thread)
    return loop


def _serve(loop: asyncio.AbstractEventLoop, started: Future[None]) -> None:
    asyncio.set_event_loop(loop)
    try:
        asyncioreactor.install(loop)  # type: ignore[no-untyped-call]
    except ReactorAlreadyInstalledError:
        started.set_exception(
            ReactorError("the crawl", "this process has another Twisted reactor", "crawl in a process of its own")
        )
        return
    reactor: Any = importlib.import_module("twisted.internet.reactor")
    reactor.callWhenRunning(started.set_result, None)
    reactor.run(installSignalHandlers=False)
    loop.close()


def _shut_down(thread: threading.Thread) -> None:
    reactor: Any = sys.modules["twisted.internet.reactor"]
    reactor.callFromThread(reactor.stop)
    thread.join(timeout=STOP_SECONDS)
