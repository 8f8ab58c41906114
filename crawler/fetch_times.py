"""Fetch times: an extension that tells the job how long each answer took."""

from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.job import Job


class FetchTimes:
    """Listens to answers as they arrive, those the address gate or robots.txt refuse left out: they are no fetches."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it; Scrapy calls this."""
        extension = cls()
        crawler.signals.connect(extension.answered, signal=signals.response_received)
        return extension

    def answered(self, response: Response, request: Request, spider: Spider) -> None:
        """Tell the spider's job of an answer: its status and the seconds from sending the request to it."""
        job = getattr(spider, "job", None)
        seconds = request.meta.get("download_latency")
        if isinstance(job, Job) and seconds is not None:
            job.on_fetch(response.status, seconds)
