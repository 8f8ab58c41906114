"""Calls that wait at once are made within one transaction, and answered once it has ended well."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawler.desk import Desk


def asked(desk: Desk, loop: asyncio.AbstractEventLoop, count: int, done: list[str]) -> threading.Thread:
    """A thread in which so many calls are laid down at once; what came of each is noted in `done`."""

    async def ask(number: int) -> None:
        try:
            await desk.ask(done.append, f"made {number}")
            done.append(f"answered {number}")
        except Exception:
            done.append(f"failed {number}")
            raise

    async def all_of_them() -> None:
        await asyncio.gather(*(ask(number) for number in range(count)), return_exceptions=True)
        desk.finish()

    thread = threading.Thread(target=loop.run_until_complete, args=(all_of_them(),))
    thread.start()
    return thread


def test_calls_that_wait_together_are_answered_after_their_transaction() -> None:
    loop, done = asyncio.new_event_loop(), list[str]()
    desk = Desk(loop)

    @contextmanager
    def transaction() -> Iterator[None]:
        done.append("begin")
        yield
        done.append("commit")

    thread = asked(desk, loop, 40, done)
    desk.serve(transaction)
    thread.join()
    loop.close()
    for number in range(40):
        made, told = done.index(f"made {number}"), done.index(f"answered {number}")
        within = done[:made].count("begin") > done[:made].count("commit")
        assert not within or "commit" in done[made:told]


def test_a_transaction_that_fails_leaves_its_calls_unanswered() -> None:
    loop, done = asyncio.new_event_loop(), list[str]()
    desk = Desk(loop)

    @contextmanager
    def full() -> Iterator[None]:
        yield
        raise OSError("the disk is full")

    async def together() -> None:
        calls = [desk.ask(done.append, f"made {number}") for number in range(3)]
        laid_down.set()
        await asyncio.gather(*calls, return_exceptions=True)

    laid_down = threading.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(together(),))
    thread.start()
    laid_down.wait()
    with pytest.raises(OSError, match="the disk is full"):
        desk.serve(full)
    assert done == ["made 0", "made 1", "made 2"]
    assert thread.is_alive()  # nobody was told that anything was done
    loop.call_soon_threadsafe(desk.leave)
    thread.join()
    loop.close()
