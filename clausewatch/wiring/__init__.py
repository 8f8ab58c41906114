"""Wiring: the one place that picks concrete parts and puts them together by the configuration."""

from clausewatch.wiring.alerting import (
    Delivering,
    Trial,
    channels,
    deliver,
    no_links,
    send_test,
    subscriptions,
    worker_name,
)
from clausewatch.wiring.crawling import crawl, crawl_settings, known_posts, recorder, validators
from clausewatch.wiring.keeping import archive, drop_old, folders, now_utc, targets, topics

__all__ = [
    "Delivering",
    "Trial",
    "archive",
    "channels",
    "crawl",
    "crawl_settings",
    "deliver",
    "drop_old",
    "folders",
    "known_posts",
    "no_links",
    "now_utc",
    "recorder",
    "send_test",
    "subscriptions",
    "targets",
    "topics",
    "validators",
    "worker_name",
]
