"""Wiring: the one place that picks concrete parts and puts them together by the configuration.

A part is imported when it is first asked for: of Scrapy, the channels and the web most commands need nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clausewatch.wiring.alerting import (
        Delivering,
        deliver,
        deliverer,
        outbox,
        subscriber,
        subscriptions,
        unsubscribe,
        unsubscribing,
        worker_name,
    )
    from clausewatch.wiring.crawling import (
        Crawl,
        browser,
        crawl,
        crawl_settings,
        crawler,
        known_posts,
        validators,
    )
    from clausewatch.wiring.dropping import Dropped, drop_old, dropper
    from clausewatch.wiring.exploring import fetch, try_live, wayback
    from clausewatch.wiring.health import doctor, report
    from clausewatch.wiring.keeping import archive, archive_or_none_yet, filters, folders, now_utc, targets, topics
    from clausewatch.wiring.linking import links
    from clausewatch.wiring.reading import read_file, read_page
    from clausewatch.wiring.recording import recorder
    from clausewatch.wiring.sending import Trial, channels, endpoints, named_endpoints, send_test

_PARTS = {
    "alerting": (
        "Delivering",
        "deliver",
        "deliverer",
        "outbox",
        "subscriber",
        "subscriptions",
        "unsubscribe",
        "unsubscribing",
        "worker_name",
    ),
    "crawling": (
        "Crawl",
        "browser",
        "crawl",
        "crawl_settings",
        "crawler",
        "known_posts",
        "validators",
    ),
    "dropping": (
        "Dropped",
        "drop_old",
        "dropper",
    ),
    "sending": (
        "Trial",
        "channels",
        "endpoints",
        "named_endpoints",
        "send_test",
    ),
    "exploring": (
        "fetch",
        "try_live",
        "wayback",
    ),
    "health": (
        "doctor",
        "report",
    ),
    "keeping": (
        "archive",
        "archive_or_none_yet",
        "filters",
        "folders",
        "now_utc",
        "targets",
        "topics",
    ),
    "linking": ("links",),
    "reading": ("read_file", "read_page"),
    "recording": ("recorder",),
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names}

__all__ = [
    "Crawl",
    "Delivering",
    "Dropped",
    "Trial",
    "archive",
    "archive_or_none_yet",
    "browser",
    "channels",
    "crawl",
    "crawl_settings",
    "crawler",
    "deliver",
    "deliverer",
    "doctor",
    "drop_old",
    "dropper",
    "endpoints",
    "fetch",
    "filters",
    "folders",
    "known_posts",
    "links",
    "named_endpoints",
    "now_utc",
    "outbox",
    "read_file",
    "read_page",
    "recorder",
    "report",
    "send_test",
    "subscriber",
    "subscriptions",
    "targets",
    "topics",
    "try_live",
    "unsubscribe",
    "unsubscribing",
    "validators",
    "wayback",
    "worker_name",
]


def __getattr__(name: str) -> object:
    if name not in _PART_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PART_OF[name]}"), name)
