"""Reading: from the captures of a target to its text, in this process or, as a program, in one of its own.

As a program it answers requests as `crawler.process` tells.
"""

import gc
from collections.abc import Sequence
from contextlib import suppress

from crawler.cycles import seldom_collecting
from crawler.declarations import Declaration
from crawler.extraction import Extraction, extract
from crawler.faults import our_failure
from crawler.process import packed, pipes, unpacked
from diffing.capture import Capture
from diffing.fault import Fault


def read(captures: Sequence[Capture], declaration: Declaration) -> Extraction | Fault:
    """What `extract` gives; a failure of ours is a fault that names it, and costs this page alone."""
    try:
        return extract(captures, declaration)
    except Exception as error:  # noqa: BLE001
        return our_failure(captures[0].url, f"reading the page failed with {type(error).__name__}")


def serve() -> None:
    """Read pages until there are no more."""
    requests, answers = pipes()
    gc.freeze()
    with suppress(EOFError), seldom_collecting():
        while True:
            captures, declaration = unpacked(requests)
            answers.write(packed(read(captures, declaration)))
            answers.flush()


if __name__ == "__main__":
    from crawler import reading  # so that what is pickled here is known by its own name

    reading.serve()
