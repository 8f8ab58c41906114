"""The item pipeline: each item goes to the sink, and every target comes to an end."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.desk import Stopped
from crawler.items import Failed, Item
from crawler.spiders.target_spider import TargetSpider
from diffing.fault import Fault, FaultReason

OURS = Fault(
    reason=FaultReason.EXTRACTION,
    where="the crawler",
    what="the visit came to no end, which is our failure and not the publisher's",
    todo="look into the log, and report it",
)


class SinkPipeline:
    """Hands items to the sink of the crawl's job, and notes which targets are done."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._done: set[int] = set()
        self._stopped = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_item(self, item: Item) -> Item:
        """Hand the item over; it is dropped when the crawl is being stopped."""
        job = self._spider().job
        try:
            await job.ask(job.hand_over, item)
        except Stopped as stopped:
            self._stopped = True
            raise DropItem("the crawl is being stopped", log_level="DEBUG") from stopped
        if item.last:
            self._done.add(id(item.target))
        return item

    async def close_spider(self) -> None:
        """Say of each target that came to no end that we failed, not the publisher."""
        spider = self._spider()
        for target in spider.targets:
            if id(target) not in self._done and not self._stopped:
                at = spider.job.now()
                await self.process_item(Failed(target=target, document=target.document, fault=OURS, at=at))

    def _spider(self) -> TargetSpider:
        spider = self._crawler.spider
        assert isinstance(spider, TargetSpider)  # the pipeline is for the spiders of this project
        return spider
