"""Health: the report and the doctor, on what the configuration names."""

from collections.abc import Callable, Iterator
from datetime import datetime

from clausewatch.config import Config
from clausewatch.health.check import Check
from clausewatch.health.doctor import Channel, Examined, examined
from clausewatch.health.report import Report
from clausewatch.health.report import report as reported
from clausewatch.schedule import Schedule
from clausewatch.wiring.crawling import browser
from clausewatch.wiring.dropping import ages
from clausewatch.wiring.keeping import now_utc, targets, topics
from clausewatch.wiring.sending import channels, send_test
from crawler.declarations import Declarations
from diffing.archive import Archive


def report(
    config: Config, kept: Archive, *, declared: Declarations | None = None, now: Callable[[], datetime] = now_utc
) -> Report:
    """How the watch stands now. declared: what is watched; None: read what the configuration declares."""
    return reported(config, targets(config) if declared is None else declared, kept, now())


def doctor(load: Callable[[], Config], *, send: bool, now: Callable[[], datetime] = now_utc) -> Iterator[Check]:
    """Look at everything. load: reads the configuration. send: send a test through every channel too."""
    return examined(
        Examined(
            load=lambda: _followed(load()),
            declared=targets,
            topics=lambda config: (topic.name for topic in topics(config)),
            channels=lambda config: _sent(config, now) if send else _made(config),
            chromium=lambda config: str(browser(config) or ""),
            now=now(),
        )
    )


def _followed(config: Config) -> Config:
    """A configuration whose intervals, zone and ages the daemon can follow. Raises ConfigError, as the daemon would."""
    Schedule(config, ())
    ages(config)
    return config


def _made(config: Config) -> Iterator[Channel]:
    """The channels that can be made, and what is wrong with the others; nothing is sent."""
    working, broken = channels(config, lambda endpoint: "")
    yield from (Channel(name=name, error="", said="can be used; try it with --send") for name in working)
    yield from (Channel(name=name, error=f"{error.what}; {error.todo}") for name, error in broken.items())


def _sent(config: Config, now: Callable[[], datetime]) -> Iterator[Channel]:
    for name in config.channels:
        for trial in send_test(config, name, now=now):
            said = "" if trial.accepted else trial.detail
            yield Channel(name=trial.endpoint, error=said, said=f"took a test: {trial.detail}")
