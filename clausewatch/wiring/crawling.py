"""Crawling: spiders, recorder and archive, put together by the configuration."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from clausewatch.config import Config
from clausewatch.config.region import Region as RegionTable
from clausewatch.wiring.keeping import now_utc, speaking, topics
from clausewatch.wiring.recording import Apart, recorder
from crawler import run
from crawler.browser.chromium import Chromium, find
from crawler.declarations import Declaration
from crawler.extraction import EXTRACTOR, IN_BROWSER
from crawler.job import KnownPosts, OnFetch, Validators, untimed
from crawler.regions import Region
from crawler.settings import user_agent
from crawler.visit import Visit
from diffing.archive import Archive
from diffing.capture import Capture
from diffing.version import Document


class Crawl(Protocol):
    """Visits targets and keeps what is new."""

    def __call__(
        self,
        chosen: Sequence[Declaration],
        *,
        on_progress: Callable[[run.Progressed], None] | None = None,
        on_fetch: OnFetch = untimed,
        collect: bool = True,
    ) -> tuple[Visit, ...]:
        """What came of each, in order; (), and nothing is held, when none is to be collected."""


def crawl(
    config: Config,
    kept: Archive,
    chosen: Sequence[Declaration],
    *,
    now: Callable[[], datetime] = now_utc,
    on_progress: Callable[[run.Progressed], None] | None = None,
    on_fetch: OnFetch = untimed,
) -> tuple[Visit, ...]:
    """Visit targets and keep what is new; what came of each, in order."""
    return crawler(config, kept, now=now)(chosen, on_progress=on_progress, on_fetch=on_fetch)


def crawler(config: Config, kept: Archive, *, now: Callable[[], datetime] = now_utc) -> Crawl:
    """A function that crawls, for who calls it again and again: the topics are read once.

    Raises TopicError when they cannot be.
    """
    watched = topics(config)
    kept.asking.read_by(speaking(config))

    def crawl(
        chosen: Sequence[Declaration],
        *,
        on_progress: Callable[[run.Progressed], None] | None = None,
        on_fetch: OnFetch = untimed,
        collect: bool = True,
    ) -> tuple[Visit, ...]:
        visits = run.crawl(
            chosen,
            sink=recorder(config, kept, known=chosen, watched=watched),
            settings=crawl_settings(config),
            now=now,
            validators=validators(kept, chosen),
            known_posts=known_posts(kept),
            on_progress=on_progress,
            on_fetch=on_fetch,
            together=kept.batch,
            waits=kept,
            keep=Apart(config=config, path=kept.path, known=tuple(chosen)),
            collect=collect,
        )
        kept.asking.catch_up()
        return visits

    return crawl


def crawl_settings(config: Config) -> Mapping[str, Any]:
    """The configuration in Scrapy's words."""
    told = config.crawl
    return {
        "USER_AGENT": user_agent(told.contact),
        "ROBOTSTXT_OBEY": told.robots,
        "DOWNLOAD_DELAY": told.delay,
        "AUTOTHROTTLE_ENABLED": told.delay > 0,
        "AUTOTHROTTLE_START_DELAY": told.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": told.per_host,
        "DOWNLOAD_TIMEOUT": told.timeout,
        "CLAUSEWATCH_CHROMIUM": told.chromium,
        "CLAUSEWATCH_ALLOW_HOSTS": list(told.allow_hosts),
        "CLAUSEWATCH_REGIONS": {name.upper(): _region(one) for name, one in config.regions.items()},
    }


def _region(told: RegionTable) -> Region:
    return Region(
        accept_language=told.accept_language,
        cookies={host.casefold(): cookie.get_secret_value() for host, cookie in told.cookies.items()},
        proxy=told.proxy.get_secret_value(),
    )


def browser(config: Config) -> Chromium | None:
    """The Chromium that pages are read with, if there is one."""
    return find(config.crawl.chromium)


def validators(kept: Archive, chosen: Iterable[Declaration]) -> Validators:
    """What is known of a source, unless today's declaration or extractor would read it differently."""
    hashes = {declaration.document: declaration.hash for declaration in chosen}

    def known(document: Document, source: str) -> Capture | None:
        made = kept.stamp(document)
        if made and (made.extractor not in (EXTRACTOR, IN_BROWSER) or made.declaration != hashes.get(document)):
            return None
        return kept.validators(document, source)

    return known


def known_posts(kept: Archive) -> KnownPosts:
    """The posts of a blog that are kept; None for a blog never visited."""

    def known(blog: Document) -> Collection[str] | None:
        documents = kept.documents(blog.service, blog.terms, blog.collection)
        posts = frozenset(document.post for document in documents if document.post)
        return posts or None

    return known
