"""The base Scrapy settings of every crawl; what a configuration changes is laid over them."""

import copy
from typing import Any

from crawler.extraction.parsing import MAX_BYTES

PRODUCT = "Clausewatch"

_BASE: dict[str, Any] = {
    "BOT_NAME": PRODUCT,
    "SPIDER_MODULES": ["crawler.spiders"],
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "TWISTED_DNS_RESOLVER": "crawler.resolver.CheckingResolver",
    "CLAUSEWATCH_ALLOW_HOSTS": [],
    "CLAUSEWATCH_REGIONS": {},
    # who we are, and what we may do
    "USER_AGENT": f"{PRODUCT}/0.1 (policy watcher)",
    "ROBOTSTXT_USER_AGENT": PRODUCT,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "HTTPPROXY_ENABLED": False,  # a proxy would look names up itself, past the address gate
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en",
    },
    # politeness
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_ITEMS": 2,  # an answer gives one item or two; Scrapy starts so many workers for each
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "DOWNLOAD_DELAY": 1.0,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 1.0,
    "AUTOTHROTTLE_MAX_DELAY": 30.0,
    "RETRY_TIMES": 2,
    "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524, 408],
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
    # bounds
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_MAXSIZE": MAX_BYTES,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "REDIRECT_MAX_TIMES": 10,
    "METAREFRESH_MAXDELAY": 5,
    "DOWNLOAD_HANDLERS": {
        "data": None,
        "file": None,
        "ftp": None,
        "s3": None,
        "http": "crawler.browser.handler.DownloadHandler",
        "https": "crawler.browser.handler.DownloadHandler",
    },
    # the browser
    "CLAUSEWATCH_CHROMIUM": "",  # looked for; "none" for never
    "CLAUSEWATCH_BROWSER_PAGES": 2,  # at once
    "PLAYWRIGHT_ABORT_REQUEST": "crawler.browser.page.is_unwanted",
    "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.middlewares.gate.GateMiddleware": 10,
        "crawler.middlewares.regions.RegionMiddleware": 20,
        "crawler.middlewares.patience.PatienceMiddleware": 50,
        "crawler.middlewares.robots.RobotsMiddleware": 100,
        "crawler.middlewares.retries.PoliteRetryMiddleware": 550,
        "crawler.middlewares.redirects.BoundedMetaRefreshMiddleware": 580,
        "crawler.middlewares.unpacking.WholeCompressionMiddleware": 590,
        "crawler.middlewares.redirects.BoundedRedirectMiddleware": 600,
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        # left out too: a log-in that nobody gives, counts that nobody reads
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    },
    # left out: what does nothing where any status is told and no link is followed; every answer would pass each
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    },
    "ITEM_PIPELINES": {"crawler.pipeline.SinkPipeline": 100},
    "EXTENSIONS": {
        "scrapy.extensions.corestats.CoreStats": None,
        "scrapy.extensions.telnet.TelnetConsole": None,
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.remote_control.RemoteControl": None,
        "crawler.fetch_times.FetchTimes": 100,
    },
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
}


def base() -> dict[str, Any]:
    """The base settings, to lay others over: `crawler.run.crawl` does, and the settings module of `scrapy crawl`."""
    return copy.deepcopy(_BASE)


def user_agent(contact: str) -> str:
    """The User-Agent that names us and whom to write to.

    >>> user_agent("mailto:watch@example.org")
    'Clausewatch/0.1 (policy watcher; +mailto:watch@example.org)'
    """
    return f"{PRODUCT}/0.1 (policy watcher; +{contact})" if contact else str(_BASE["USER_AGENT"])
