"""Scrapy's settings module, so that `scrapy crawl policies` works in the checkout like in any Scrapy project.

It reads clausewatch.toml in the working directory and crawls every target that is declared.
"""

from clausewatch import wiring
from clausewatch.config import find
from crawler.job import Job
from crawler.settings import base


def job() -> Job:
    """The crawl of everything that is declared, into the archive that is configured."""
    config = find(None)
    kept = wiring.archive(config)
    chosen = tuple(wiring.targets(config))
    return Job(
        targets=chosen,
        sink=wiring.recorder(config, kept, known=chosen),
        validators=wiring.validators(kept, chosen),
        known_posts=wiring.known_posts(kept),
        waits=kept,
    )


globals().update({**base(), **wiring.crawl_settings(find(None))})
CLAUSEWATCH_JOB = "clausewatch.scrapy_settings.job"
