"""Wiring: the one place that picks concrete parts and puts them together by the configuration."""

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
    recorder,
    validators,
)
from clausewatch.wiring.dropping import Dropped, drop_old, dropper
from clausewatch.wiring.endpoints import Trial, channels, endpoints, named_endpoints, send_test
from clausewatch.wiring.exploring import fetch, try_live, wayback
from clausewatch.wiring.health import doctor, report
from clausewatch.wiring.keeping import archive, filters, folders, now_utc, targets, topics
from clausewatch.wiring.linking import links
from clausewatch.wiring.reading import read_page

__all__ = [
    "Crawl",
    "Delivering",
    "Dropped",
    "Trial",
    "archive",
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
