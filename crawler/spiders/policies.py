"""The spider of policies and terms: all sources of a target, then one item."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.declarations import Declaration, Source
from crawler.extraction import Extraction, extractor_of
from crawler.faults import fault_of_status
from crawler.items import Failed, Item, Seen, Unchanged
from crawler.job import Validators
from crawler.observation import Observation
from crawler.spiders.download_faults import fault_of_failure
from crawler.spiders.target_spider import NOT_MODIFIED, TargetSpider, in_browser, needs_browser, request_for
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from diffing.warning import TermsWarning, WarningReason

AT_ONCE = 50
"""Targets whose earlier captures are looked up together."""
TRY_BROWSER = frozenset({403, 406, 502})
"""Statuses with which sites answer programs they take for no browser."""


@dataclass(slots=True, kw_only=True)
class Round:
    """A visit to a target while its sources come in: what was kept of each address, and what came of it now.

    earlier: without bodies, of which only the digests are held: thousands of visits wait at once.
    browsed: addresses that were asked for in the browser. plain: what plain HTTP gave, when the browser is tried after.
    read: what was read of the captures, once all have come in and one of them is new.
    """

    target: Declaration
    earlier: dict[str, Capture] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    browsed: set[str] = field(default_factory=set)
    plain: Item | None = None
    read: Extraction | Fault | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The sources' addresses, each once."""
        return tuple(dict.fromkeys(source.fetch for source in self.target.sources))

    @property
    def in_order(self) -> tuple[Capture, ...]:
        """The captures, one a source, once all have come in."""
        return tuple(self.captures[source.fetch] for source in self.target.sources)

    @property
    def is_over(self) -> bool:
        """Whether every source has come in."""
        return len(self.captures.keys() | self.faults.keys()) == len(self.addresses)

    @property
    def stands(self) -> bool:
        """Whether no answer brings anything new: each is a 304, or the very bytes of before at the same address."""
        return not self.faults and all(self._is_known(address, capture) for address, capture in self.captures.items())

    def _is_known(self, address: str, capture: Capture) -> bool:
        if capture.status == NOT_MODIFIED or address not in self.digests:
            return capture.status == NOT_MODIFIED
        return self.earlier[address].url == capture.url and self.digests[address] == sha256(capture.body).digest()

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
        for start in range(0, len(self.targets), AT_ONCE):
            rounds = [Round(target=target) for target in self.targets[start : start + AT_ONCE]]
            await self.job.ask(_remember, rounds, self.job.validators)
            for visit in rounds:
                for output in self._begun(visit):
                    yield output

    def _begun(self, visit: Round) -> Iterator[Request | Item]:
        target = visit.target
        if self.browser is None and any(source.browser for source in target.sources):
            yield self.failed(target, needs_browser(target))
            return
        for address in visit.addresses:
            earlier = visit.earlier.get(address)
            # a page that only the browser could read is asked of the browser again, else its text would flip
            browse = any(source.browser for source in visit.of(address)) or (
                earlier is not None and earlier.by_browser and visit.is_open(address) and self.browser is not None
            )
            yield from self._asked(visit, address, browse=browse)

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

    async def arrived(self, response: Response, visit: Round, address: str) -> AsyncIterator[Request | Item]:
        """An answer came in."""
        capture = self.capture(address, response)
        known = capture.status == NOT_MODIFIED and address in visit.earlier
        if capture.status in TRY_BROWSER and self.browser is not None and visit.is_open(address):
            outputs = self._asked(visit, address, browse=True)
        else:
            outputs = self._came(visit, address, capture if known else fault_of_status(capture) or capture)
        async for output in self._with_bodies(visit, outputs):
            yield output

    async def broke(self, failure: Failure) -> AsyncIterator[Request | Item]:
        """No answer came in."""
        facts = failure.request.cb_kwargs  # type: ignore[attr-defined]
        outputs = self._came(facts["visit"], facts["address"], fault_of_failure(failure))
        async for output in self._with_bodies(facts["visit"], outputs):
            yield output

    async def _with_bodies(self, visit: Round, outputs: Iterator[Request | Item]) -> AsyncIterator[Request | Item]:
        """The outputs, once a text is made of the sources that changed and the earlier bodies of those that did not."""
        if visit.is_over and not visit.stands:
            for address, capture in visit.captures.items():
                if capture.status == NOT_MODIFIED:
                    earlier = await self.earlier(visit.target, address)
                    assert earlier is not None  # the answer 304 rests on it
                    visit.captures[address] = replace(earlier, fetched_at=capture.fetched_at)
            if not visit.faults:
                visit.read = await self.job.read(visit.in_order, visit.target)
        for output in outputs:
            yield output

    def _came(self, visit: Round, address: str, result: Capture | Fault) -> Iterator[Request | Item]:
        """Note what came of an address; the outputs, asked for one by one, come when it was the last."""
        if isinstance(result, Fault):
            visit.faults[address] = result
        else:
            visit.captures[address] = result
        return self._over(visit) if visit.is_over else iter(())

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


def _remember(rounds: Sequence[Round], validators: Validators) -> None:
    """Note what is kept of the sources of these visits, save the bodies."""
    for visit in rounds:
        for address in visit.addresses:
            earlier = validators(visit.target.document, address)
            if earlier is not None:
                visit.digests[address] = sha256(earlier.body).digest()
                visit.earlier[address] = replace(earlier, body=b"")


def _item(spider: TargetSpider, visit: Round) -> Item:
    target = visit.target
    for address in visit.addresses:
        if address in visit.faults:
            return spider.failed(target, visit.faults[address])
    captures = visit.in_order
    at = max(capture.fetched_at for capture in captures)
    if visit.stands:
        return Unchanged(target=target, document=target.document, captures=captures, at=at)
    extraction = visit.read
    assert extraction is not None  # all captures have come in, and one is new
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
