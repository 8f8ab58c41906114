"""Exploring: pages that belong to no target, terms tried without keeping anything, and the past."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from clausewatch.config import Config
from clausewatch.wiring.crawling import crawl_settings
from clausewatch.wiring.keeping import now_utc
from crawler import run, steadiness
from crawler.declarations import Declaration
from crawler.imports.wayback import Cdx, Patient
from crawler.spiders.pages import Page
from crawler.steadiness import Tried
from diffing.capture import Capture
from diffing.fault import Fault


def try_live(config: Config, chosen: Sequence[Declaration]) -> tuple[Tried, ...]:
    """Fetch targets twice and compare, without keeping anything."""
    settings = crawl_settings(config)
    return steadiness.try_live(chosen, lambda targets, sink: run.crawl(targets, sink=sink, settings=settings))


def fetch(
    config: Config, pages: Sequence[Page], *, now: Callable[[], datetime] = now_utc
) -> Mapping[str, Capture | Fault]:
    """Fetch pages that belong to no target, as politely as a crawl; by their addresses, what came of each."""
    return run.fetch(pages, settings=crawl_settings(config), now=now)


def wayback(config: Config, *, sleep: Callable[[float], None]) -> tuple[Cdx, Patient]:
    """The index of the past, and what asks it, no faster than is configured."""
    told = config.wayback
    slow = {"DOWNLOAD_DELAY": told.delay, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "RETRY_TIMES": 1}
    busy = {"RETRY_HTTP_CODES": [], "AUTOTHROTTLE_ENABLED": False}
    settings = {**crawl_settings(config), **slow, **busy}
    patient = Patient(
        fetch=lambda pages: run.fetch(pages, settings=settings), sleep=sleep, now=now_utc, pause=told.delay
    )
    return Cdx(base=told.url), patient
