"""Signals: what the operating system may tell the daemon, as exceptions and calls in its main thread."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Stop(BaseException):
    """SIGTERM or SIGINT. Not an Exception, so that nothing on the way takes it for a failure of its own."""


@contextmanager
def heeded(on_hangup: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and SIGINT raise Stop in the main thread, once: a second one finds the stop under way. SIGHUP calls.

    on_hangup: called between two instructions of the main thread, so it may do no more than take a note.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_IGN)
        raise Stop

    def hangup(number: int, frame: FrameType | None) -> None:
        on_hangup()

    wanted = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGHUP: hangup}
    before = {each: signal.signal(each, handler) for each, handler in wanted.items()}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
