"""The spider of policies and terms: all sources of a target, then one item."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.declarations import Declaration
from crawler.extraction import EXTRACTOR, extract
from crawler.faults import fault_of_status
from crawler.items import Item, Seen, Unchanged
from crawler.observation import Observation
from crawler.spiders.download_faults import fault_of_failure
from crawler.spiders.target_spider import NOT_MODIFIED, TargetSpider, needs_browser, request_for
from diffing.capture import Capture
from diffing.fault import Fault


@dataclass(slots=True, kw_only=True)
class Round:
    """A visit to a target while its sources come in: what was kept of each address, and what came of it now."""

    target: Declaration
    earlier: dict[str, Capture] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The sources' addresses, each once."""
        return tuple(dict.fromkeys(source.fetch for source in self.target.sources))

    @property
    def is_over(self) -> bool:
        """Whether every source has come in."""
        return len(self.captures.keys() | self.faults.keys()) == len(self.addresses)


class PoliciesSpider(TargetSpider):
    """Visits terms: fetches all sources of each, and yields one item a target when all have come in."""

    name = "policies"
    blogs = False

    async def visits(self) -> AsyncIterator[Request | Item]:
        """The requests for all sources of all targets, target by target."""
        for target in self.targets:
            if any(source.browser for source in target.sources):
                yield self.failed(target, needs_browser(target))
                continue
            visit = Round(target=target)
            for address in visit.addresses:
                async for output in self._ask_for(visit, address):
                    yield output

    async def _ask_for(self, visit: Round, address: str) -> AsyncIterator[Request | Item]:
        earlier = await self.earlier(visit.target, address)
        request = request_for(address, visit.target, earlier)
        if isinstance(request, Fault):
            for item in self._came(visit, address, request):
                yield item
            return
        if earlier is not None:
            visit.earlier[address] = earlier
        facts = {"visit": visit, "address": address}
        yield request.replace(callback=self.arrived, errback=self.broke, cb_kwargs=facts)

    def arrived(self, response: Response, visit: Round, address: str) -> Iterator[Item]:
        """An answer came in."""
        capture = self.capture(address, response)
        if capture.status == NOT_MODIFIED and address in visit.earlier:
            return self._came(visit, address, capture)
        return self._came(visit, address, fault_of_status(capture) or capture)

    def broke(self, failure: Failure) -> Iterator[Item]:
        """No answer came in."""
        facts = failure.request.cb_kwargs  # type: ignore[attr-defined]
        return self._came(facts["visit"], facts["address"], fault_of_failure(failure))

    def _came(self, visit: Round, address: str, result: Capture | Fault) -> Iterator[Item]:
        if isinstance(result, Fault):
            visit.faults[address] = result
        else:
            visit.captures[address] = result
        if visit.is_over:
            yield self._item(visit)

    def _item(self, visit: Round) -> Item:
        target = visit.target
        for address in visit.addresses:
            if address in visit.faults:
                return self.failed(target, visit.faults[address])
        found = tuple(visit.captures[source.fetch] for source in target.sources)
        at = max(capture.fetched_at for capture in found)
        if all(_stands(capture, visit.earlier) for capture in found):
            return Unchanged(target=target, document=target.document, captures=found, at=at)
        captures = tuple(_with_body(capture, visit.earlier) for capture in found)
        extraction = extract(captures, target)
        if isinstance(extraction, Fault):
            return self.failed(target, extraction)
        observation = Observation(
            document=target.document,
            text=extraction.text,
            url=captures[0].url,
            observed_at=at,
            captures=captures,
            extractor=EXTRACTOR,
            declaration=target.hash,
            title=extraction.title,
            language=target.watch.language,
            warnings=extraction.warnings,
            fallback=extraction.fallback,
        )
        return Seen(target=target, observation=observation)


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
