"""Keeping apart: a long crawl's items, kept in a process of its own by a crawl that is killed."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from clausewatch import wiring
from clausewatch.config import load
from clausewatch.wiring.recording import Apart
from crawler.declarations import Declaration, Source
from crawler.items import Seen
from crawler.job import Job
from crawler.keeper import Keeper
from crawler.observation import Observation
from diffing.capture import Capture
from tests.torture import site
from tests.torture.killing import Killed, killed, length

START = datetime(2025, 9, 1, tzinfo=UTC)
ITEMS = 120


def keep_apart(quiet: Path, torn: Path, stage: int, *, kills: int, chance: random.Random) -> Killed:
    """Have a stage of the site kept by a process that is left alone, and by others that are killed."""
    within = length(partial(_keep, quiet, stage))
    return killed(partial(_keep, torn, stage), kills=kills, within=within, chance=chance)


def _keep(path: Path, stage: int) -> None:
    config = load(path)
    with wiring.archive(config) as archive:
        job = Job(targets=(), sink=wiring.recorder(config, archive))
        asyncio.run(_handed(Keeper(job, Apart(config=config, path=archive.path, known=()), first=0), stage))


async def _handed(keeper: Keeper, stage: int) -> None:
    try:
        await keeper.hand_over(_item(0, stage))
        await keeper.started()
        assert keeper.ready, "there is no process to keep"
        await asyncio.gather(*(keeper.hand_over(_item(number, stage)) for number in range(1, ITEMS)))
    finally:
        await keeper.close()


def _item(number: int, stage: int) -> Seen:
    at, url = START + timedelta(days=stage), f"https://example.org/{number}"
    words = site.text(number, stage).replace("<p>", "\n\n").replace("</p>", "")
    target = Declaration(service=f"S{number}", terms="Privacy Policy", sources=(Source(fetch=url, select=("main",)),))
    capture = Capture(source=url, url=url, status=200, fetched_at=at, body=words.encode())
    observation = Observation(
        document=target.document, text=words, url=url, observed_at=at, captures=(capture,), extractor="1",
        declaration=target.hash, language="en",
    )  # fmt: skip
    return Seen(target=target, observation=observation)
