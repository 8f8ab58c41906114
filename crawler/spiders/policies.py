"""The spider of policies and terms: all sources of a target, then one item."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.declarations import Declaration, Source
from crawler.extraction import Extraction, extract, extractor_of
from crawler.faults import fault_of_status
from crawler.items import Failed, Item, Seen, Unchanged
from crawler.observation import Observation
from crawler.spiders.download_faults import fault_of_failure
from crawler.spiders.target_spider import NOT_MODIFIED, TargetSpider, in_browser, needs_browser, request_for
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from diffing.warning import TermsWarning, WarningReason

TRY_BROWSER = frozenset({403, 406, 502})
"""Statuses with which sites answer programs they take for no browser."""


@dataclass(slots=True, kw_only=True)
class Round:
    """A visit to a target while its sources come in: what was kept of each address, and what came of it now.

    browsed: addresses that were asked for in the browser. plain: what plain HTTP gave, when the browser is tried after.
    """

    target: Declaration
    earlier: dict[str, Capture] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    browsed: set[str] = field(default_factory=set)
    plain: Item | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The sources' addresses, each once."""
        return tuple(dict.fromkeys(source.fetch for source in self.target.sources))

    @property
    def is_over(self) -> bool:
        """Whether every source has come in."""
        return len(self.captures.keys() | self.faults.keys()) == len(self.addresses)

    def of(self, address: str) -> tuple[Source, ...]:
        """The sources that stand at an address."""
        return tuple(source for source in self.target.sources if source.fetch == address)

    def is_open(self, address: str) -> bool:
        """Whether it is left open how to read an address, and the browser has not been tried."""
        return address not in self.browsed and all(source.browser is None for source in self.of(address))


class PoliciesSpider(TargetSpider):
    """Visits terms: fetches all sources of each, and yields one item a target when all have come in."""

    name = "policies"
    blogs = False

    async def visits(self) -> AsyncIterator[Request | Item]:
        """The requests for all sources of all targets, target by target."""
        for target in self.targets:
            if self.browser is None and any(source.browser for source in target.sources):
                yield self.failed(target, needs_browser(target))
                continue
            visit = Round(target=target)
            for address in visit.addresses:
                async for output in self._ask_for(visit, address):
                    yield output

    async def _ask_for(self, visit: Round, address: str) -> AsyncIterator[Request | Item]:
        earlier = await self.earlier(visit.target, address)
        if earlier is not None:
            visit.earlier[address] = earlier
        # a page that only the browser could read is asked of the browser again, else its text would flip
        browse = any(source.browser for source in visit.of(address)) or (
            earlier is not None and earlier.by_browser and visit.is_open(address) and self.browser is not None
        )
        for output in self._asked(visit, address, browse=browse):
            yield output

    def _asked(self, visit: Round, address: str, *, browse: bool) -> Iterator[Request | Item]:
        request = request_for(address, visit.target, None if browse else visit.earlier.get(address))
        if isinstance(request, Fault):
            yield from self._came(visit, address, request)
            return
        if browse:
            visit.browsed.add(address)
            request = in_browser(request, visit.of(address))
        facts = {"visit": visit, "address": address}
        yield request.replace(callback=self.arrived, errback=self.broke, cb_kwargs=facts)

    def arrived(self, response: Response, visit: Round, address: str) -> Iterator[Request | Item]:
        """An answer came in."""
        capture = self.capture(address, response)
        if capture.status == NOT_MODIFIED and address in visit.earlier:
            return self._came(visit, address, capture)
        if capture.status in TRY_BROWSER and self.browser is not None and visit.is_open(address):
            return self._asked(visit, address, browse=True)
        return self._came(visit, address, fault_of_status(capture) or capture)

    def broke(self, failure: Failure) -> Iterator[Request | Item]:
        """No answer came in."""
        facts = failure.request.cb_kwargs  # type: ignore[attr-defined]
        return self._came(facts["visit"], facts["address"], fault_of_failure(failure))

    def _came(self, visit: Round, address: str, result: Capture | Fault) -> Iterator[Request | Item]:
        if isinstance(result, Fault):
            visit.faults[address] = result
        else:
            visit.captures[address] = result
        if visit.is_over:
            yield from self._over(visit)

    def _over(self, visit: Round) -> Iterator[Request | Item]:
        """All sources have come in: yield the item, or ask the browser where plain HTTP gave no text."""
        item = _item(self, visit)
        again = [address for address in visit.addresses if visit.is_open(address) and address in visit.captures]
        if self.browser is None or not again or not _is_poor(item, visit.target):
            yield _better(item, visit)
            return
        visit.plain = item
        for address in again:
            del visit.captures[address]
        for address in again:
            yield from self._asked(visit, address, browse=True)


def _item(spider: TargetSpider, visit: Round) -> Item:
    target = visit.target
    for address in visit.addresses:
        if address in visit.faults:
            return spider.failed(target, visit.faults[address])
    found = tuple(visit.captures[source.fetch] for source in target.sources)
    at = max(capture.fetched_at for capture in found)
    if all(_stands(capture, visit.earlier) for capture in found):
        return Unchanged(target=target, document=target.document, captures=found, at=at)
    captures = tuple(_with_body(capture, visit.earlier) for capture in found)
    extraction = extract(captures, target)
    if isinstance(extraction, Fault):
        return spider.failed(target, extraction)
    return Seen(target=target, observation=_observation(spider, target, captures, extraction, at))


def news_to(spider: TargetSpider, warnings: tuple[TermsWarning, ...]) -> tuple[TermsWarning, ...]:
    """The warnings without those of terms to come that are declared already."""
    if all(one.reason is not WarningReason.PREVIEW for one in warnings):
        return warnings
    declared = {source.fetch for target in spider.job.targets for source in target.sources}
    return tuple(one for one in warnings if one.reason is not WarningReason.PREVIEW or one.where not in declared)


def _observation(
    spider: TargetSpider, target: Declaration, captures: tuple[Capture, ...], extraction: Extraction, at: datetime
) -> Observation:
    return Observation(
        document=target.document,
        text=extraction.text,
        url=captures[0].url,
        observed_at=at,
        captures=captures,
        extractor=extractor_of(captures),
        declaration=target.hash,
        title=extraction.title,
        language=target.watch.language,
        warnings=news_to(spider, extraction.warnings),
        fallback=extraction.fallback,
        confirm=target.watch.confirm,
    )


def _is_poor(item: Item, target: Declaration) -> bool:
    """Whether the browser may find more: no text, or nothing that the declared selectors match."""
    if isinstance(item, Failed):
        return item.fault.reason is FaultReason.EMPTY
    return isinstance(item, Seen) and any(target.sources[number].select for number in item.observation.fallback)


def _better(item: Item, visit: Round) -> Item:
    """What plain HTTP gave, where the browser found no more than that."""
    if isinstance(visit.plain, Seen) and _is_poor(item, visit.target):
        return visit.plain
    return visit.plain if isinstance(visit.plain, Seen) and isinstance(item, Failed) else item


def _stands(capture: Capture, earlier: dict[str, Capture]) -> bool:
    """Whether an answer brings nothing new: a 304, or the very bytes of before, which would give the same text."""
    if capture.status == NOT_MODIFIED:
        return True
    known = earlier.get(capture.source)
    return known is not None and (known.url, known.body) == (capture.url, capture.body)


def _with_body(capture: Capture, earlier: dict[str, Capture]) -> Capture:
    """The capture itself, or for an answer 304 the earlier one seen again now."""
    if capture.status != NOT_MODIFIED:
        return capture
    return replace(earlier[capture.source], fetched_at=capture.fetched_at)
