"""Process: another process of ours, which answers requests in order over its standard input and output.

A request or an answer is a pickle after its length. The process ends with its input, so it never outlives for long
whoever started it.
"""

import asyncio
import os
import pickle
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE
from asyncio.subprocess import Process as Child
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
"""How many bytes follow."""


class Died(Exception):  # noqa: N818
    """The process has died. at_this_one: of the requests on their way it was this one that it was working on."""

    def __init__(self, *, at_this_one: bool) -> None:
        super().__init__()
        self.at_this_one = at_this_one


class Process:
    """A process that answers, and who waits for its answers, which come in the order of the requests."""

    def __init__(self, child: Child) -> None:
        self.gone = False
        self._child = child
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def started(cls, module: str, environment: Mapping[str, str] | None = None) -> "Process":
        """A process that runs one of our modules. It knows of the environment what it is given; Ctrl-C is not for it.

        Raises OSError when it cannot be started.
        """
        paths = os.pathsep.join(path for path in sys.path if path)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", module,
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True,
            env={**(environment or {}), "PYTHONPATH": paths},
        )  # fmt: skip
        return cls(child)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid

    async def ask(self, request: bytes) -> Any:
        """What it answers to a request, which is packed. Raises Died."""
        assert self._child.stdin is not None  # it is a pipe
        if self.gone:
            raise Died(at_this_one=False)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._child.stdin.write(request)
        with suppress(OSError):  # whoever listens notices too
            await self._child.stdin.drain()
        return await answer

    async def close(self) -> None:
        """End it, and let nobody wait."""
        with suppress(ProcessLookupError):
            self._child.kill()
        await self._child.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self._child.stdout is not None  # it is a pipe
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                size = LENGTH.unpack(await self._child.stdout.readexactly(LENGTH.size))[0]
                answer = pickle.loads(await self._child.stdout.readexactly(size))  # noqa: S301
                waiting = self._waiting.popleft()
                if not waiting.done():  # or its crawl was stopped
                    waiting.set_result(answer)
        self.gone = True
        for place, waiting in enumerate(self._waiting):
            if not waiting.done():
                waiting.set_exception(Died(at_this_one=place == 0))


def packed(message: object) -> bytes:
    """A message as it is sent, its length before it."""
    raw = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(raw)) + raw


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """In such a process: where requests come from, unbuffered, and where answers go. What is printed goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(0, "rb", buffering=0), answers


def unpacked(requests: BinaryIO) -> Any:
    """The next request. Raises EOFError when there are no more."""
    return pickle.loads(_exactly(requests, *LENGTH.unpack(_exactly(requests, LENGTH.size))))  # noqa: S301


def _exactly(requests: BinaryIO, size: int) -> bytes:
    parts = []
    while size:
        part = requests.read(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
