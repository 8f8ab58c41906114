"""The item pipeline: each item goes to the sink, and every target comes to an end."""

import asyncio
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.desk import Stopped
from crawler.items import Item
from crawler.spiders.target_spider import TargetSpider
from data.errors import ClausewatchError
from diffing.fault import Fault, FaultReason

OURS = Fault(
    reason=FaultReason.EXTRACTION,
    where="the crawler",
    what="the visit came to no end, which is our failure and not the publisher's",
    todo="look into the log, and report it",
)


class SinkPipeline:
    """Hands each item to the sink of the crawl's job, and at the end speaks for targets that came to none."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stopped = False
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Item) -> Item:
        """Hand the item over; it is dropped when the crawl is being stopped, and a sink that fails stops the crawl."""
        if self._stopped:
            raise DropItem("the crawl is being stopped", log_level="DEBUG")
        try:
            await self._spider().hand_over(item)
        except Stopped as stopped:
            self._stopped = True
            raise DropItem("the crawl is being stopped", log_level="DEBUG") from stopped
        except ClausewatchError:  # a sink in our own thread, as under `scrapy crawl`
            self._stopped = True
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="the sink failed"))
            raise
        return item

    async def close_spider(self) -> None:
        """Say of each target that came to no end that we failed, not the publisher."""
        spider = self._spider()
        for target in spider.unfinished():
            if not self._stopped:
                await self.process_item(spider.failed(target, OURS))

    def _spider(self) -> TargetSpider:
        spider = self._crawler.spider
        assert isinstance(spider, TargetSpider)  # the pipeline is for the spiders of this project
        return spider
