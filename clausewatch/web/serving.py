"""Serving: the application on a port, in one process or several."""

import os
import socket
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from clausewatch import wiring
from clausewatch.config import Config, find
from clausewatch.errors import ServeError
from clausewatch.web.app import create
from clausewatch.web.lately import Lately
from clausewatch.web.site import Site
from clausewatch.web.upkeep import upkeep
from clausewatch.web.warming import warming
from diffing.archive import Archive
from diffing.archive.memory import MB, Memory

CONFIG = "CLAUSEWATCH_SERVED_CONFIG"
"""The variable that tells worker processes which file configures them; "" for the defaults."""
HOST: Final = "CLAUSEWATCH_SERVED_HOST"
"""The same for the address that is listened on, which the command line may have named."""
MEMORY: Final = Memory(sheaves=32 * MB)
"""How much of the archive a process keeps: each text costs its sheaf, and several readers at once must not
drive out each other's. A page of terms made for the first time takes 18 ms of a core with 4 MB, and 63 where sixteen
ask at once; with 32 it takes 11 either way, for 70 MB more of memory, and with 128 no less (2026-11-25)."""


def site(config: Config, kept: Archive, *, now: Callable[[], datetime] = wiring.now_utc) -> Site:
    """What the pages share."""
    return Site(
        config=config,
        archive=kept,
        topics=wiring.topics(config),
        now=now,
        report=partial(wiring.report, config, kept, now=now),  # loads what it needs now, not at the first request
    )


def serve(config: Config, config_file: Path | None, *, told: Callable[[str], None]) -> None:
    """Answer requests until stopped. told: is given the address. Raises ServeError when the port cannot be had."""
    listening = _listen(config.web.host, config.web.port)
    host, port = listening.getsockname()[:2]
    told(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    with upkeep(config, wiring.topics(config)):
        if config.web.workers == 1:
            with wiring.archive(config, must_exist=True, memory=MEMORY) as kept:
                uvicorn.Server(_settings(config, _warm(site(config, kept)))).run([listening])
        else:
            os.environ[CONFIG] = str(config_file.resolve()) if config_file else ""
            os.environ[HOST] = config.web.host
            Multiprocess(_settings(config, "clausewatch.web.serving:worker"), [listening]).run()


def _settings(config: Config, application: FastAPI | str) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        factory=isinstance(application, str),
        workers=config.web.workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=5,
    )


def worker() -> FastAPI:
    """The application of one worker process."""
    named = os.environ[CONFIG]
    found = find(Path(named) if named else None)
    config = found.model_copy(update={"web": found.web.model_copy(update={"host": os.environ[HOST]})})
    return _warm(site(config, wiring.archive(config, must_exist=True, memory=MEMORY)))


def _warm(over: Site) -> FastAPI:
    warming(over)
    over.report = Lately(over.report, over.now)
    return create(over)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP by number, or asyncio leaves Nagle's algorithm on and a second packet waits 40 ms for the first.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        what = f"cannot be listened on ({error.strerror or error})"
        raise ServeError(f"{host}:{port}", what, "name another with --host and --port, or stop what has it") from error
    return listening
