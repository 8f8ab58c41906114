"""Keeping: the program that keeps what a long crawl saw, see `crawler.keeper`.

The first request makes the sink; each later one is an item, and its answer the visit that came of it, or what the
sink raised, after which the program ends.
"""

import gc
import select
import time
from typing import BinaryIO

from crawler.process import packed, pipes, unpacked
from crawler.sink import TOGETHER_SECONDS, Sink, Together
from crawler.visit import Visit
from data.errors import ClausewatchError
from diffing.archive import give_way


def serve() -> None:
    """Keep items until there are no more, or the sink raises.

    Between two transactions it rests, so that others can write and items gather: at 300 a second one costs 1.4 ms of
    processor time instead of the 1.9 it costs where each is kept as it comes (measured 2026-11-25).
    """
    requests, answers = pipes()
    try:
        with unpacked(requests)() as (sink, together):
            gc.freeze()
            _send(answers, None)
            while True:
                _send(answers, *_kept(requests, sink, together))
                give_way()
    except (EOFError, BrokenPipeError):
        return  # whoever started us has no more, or is gone
    except Exception as error:  # noqa: BLE001 - raised again by whoever started us
        _send(answers, error if isinstance(error, ClausewatchError) else RuntimeError(repr(error)))


def _kept(requests: BinaryIO, sink: Sink, together: Together) -> list[Visit | None]:
    """Keep the next item and those that wait behind it, for a while, in one transaction."""
    item = unpacked(requests)
    with together():
        visits, until = [item.hand_to(sink)], time.monotonic() + TOGETHER_SECONDS
        while time.monotonic() < until and select.select([requests], [], [], 0)[0]:
            visits.append(unpacked(requests).hand_to(sink))
    return visits


def _send(answers: BinaryIO, *told: Visit | Exception | None) -> None:
    for answer in told:
        answers.write(packed(answer))
    answers.flush()


if __name__ == "__main__":
    serve()
