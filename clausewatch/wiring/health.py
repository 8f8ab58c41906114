"""Health: the report on the archive and targets that the configuration names."""

from collections.abc import Callable
from datetime import datetime

from clausewatch.config import Config
from clausewatch.health.report import Report
from clausewatch.health.report import report as reported
from clausewatch.wiring.keeping import now_utc, targets
from diffing.archive import Archive


def report(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Report:
    """How the watch stands now."""
    return reported(config, targets(config), kept, now())
