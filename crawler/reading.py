"""Reading: from the captures of a target to its text, in this process or, as a program, in one of its own.

As a program it reads requests from its standard input, each a pickle after its length, and answers each the same way,
in order. It ends with its input, so it never outlives whoever started it.
"""

import gc
import os
import pickle
import struct
import sys
from collections.abc import Sequence

from crawler.declarations import Declaration
from crawler.extraction import Extraction, extract
from crawler.faults import our_failure
from diffing.capture import Capture
from diffing.fault import Fault

LENGTH = struct.Struct(">Q")
"""How many bytes follow."""


def read(captures: Sequence[Capture], declaration: Declaration) -> Extraction | Fault:
    """What `extract` gives; a failure of ours is a fault that names it, and costs this page alone."""
    try:
        return extract(captures, declaration)
    except Exception as error:  # noqa: BLE001
        return our_failure(captures[0].url, f"reading the page failed with {type(error).__name__}")


def packed(message: object) -> bytes:
    """A message as it is sent, its length before it."""
    raw = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(raw)) + raw


def serve() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library may print is no answer
    requests = sys.stdin.buffer
    gc.freeze()
    while len(head := requests.read(LENGTH.size)) == LENGTH.size:
        captures, declaration = pickle.loads(requests.read(*LENGTH.unpack(head)))  # noqa: S301
        answers.write(packed(read(captures, declaration)))
        answers.flush()


if __name__ == "__main__":
    from crawler import reading  # so that what is pickled here is known by its own name

    reading.serve()
