"""Desk: where the crawl's thread lays down calls, and the caller's thread takes them up.

The archive belongs to the thread that opened it. So the crawl, in its own thread, asks; the thread that called
`crawl` answers, one call at a time, and whatever a call raises is raised there, where somebody can act on it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from functools import partial
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from scrapy.exceptions import CloseSpider

from crawler.sink import TOGETHER_SECONDS, Together

P = ParamSpec("P")
T = TypeVar("T")


Call = tuple[asyncio.Future[Any], Callable[[], Any]]


class Stopped(CloseSpider):
    """The caller has gone: a call failed, or the crawl was interrupted. Nothing more is to be done."""


class Desk:
    """A queue of calls between the loop of the crawl and the thread that waits for it.

    left: nobody serves any more.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._calls: SimpleQueue[Call | None] = SimpleQueue()
        self._waiting: set[asyncio.Future[Any]] = set()
        self.left = False

    def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Have the function called by whoever serves, and wait for what it returns. In the loop's thread only.

        Raises Stopped when nobody serves any more.
        """
        future: asyncio.Future[T] = self._loop.create_future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        if self.left:
            future.set_exception(Stopped("stopped"))
        else:
            self._calls.put((future, partial(function, *args, **kwargs)))
        return future

    def serve(self, together: Together = nullcontext) -> None:
        """Take up calls until `finish`. What a call raises is raised here.

        together: what calls that wait at the same time are made within, such as one transaction; they are answered when
        it has ended well, so nothing is told as done that is not.
        """
        while (call := self._calls.get()) is not None:
            if self._calls.empty():
                future, function = call
                self._loop.call_soon_threadsafe(_answer, [(future, function())])
                continue
            with together():
                answers, more = self._take_up(call)
            self._loop.call_soon_threadsafe(_answer, answers)
            if not more:
                return

    def _take_up(self, call: Call) -> tuple[list[tuple[asyncio.Future[Any], Any]], bool]:
        """Make this call and those that wait behind it, for a while; and whether there may be more."""
        answers, until = [], time.monotonic() + TOGETHER_SECONDS
        following: Call | None = call
        while following is not None:
            future, function = following
            answers.append((future, function()))
            if time.monotonic() > until or self._calls.empty():
                return answers, True
            following = self._calls.get()
        return answers, False

    def finish(self) -> None:
        """Let `serve` return, once it has taken up what was laid down before."""
        self._calls.put(None)

    def leave(self) -> None:
        """Answer every call, now and later, with Stopped. In the loop's thread only."""
        self.left = True
        for future in tuple(self._waiting):
            if not future.done():
                future.set_exception(Stopped("stopped"))


def _answer(answers: Sequence[tuple[asyncio.Future[Any], object]]) -> None:
    for future, result in answers:
        if not future.done():
            future.set_result(result)
