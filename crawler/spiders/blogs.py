"""The spider of blogs: the listing (feed or index page), then each post that is not known yet."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.declarations import Declaration
from crawler.extraction import Extraction, extract_fragment, extractor_of
from crawler.faults import fault_of_status
from crawler.feeds import ACCEPT, Post, feed_address, feed_posts, index_posts, sitemap_posts
from crawler.items import Item, Seen, Unchanged
from crawler.observation import Observation
from crawler.sitemaps import addresses, bad_index, of_posts
from crawler.sites import same_site
from crawler.spiders.download_faults import fault_of_failure
from crawler.spiders.target_spider import NOT_MODIFIED, TargetSpider, in_browser, needs_browser, request_for
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from diffing.version import Document
from diffing.warning import TermsWarning, WarningReason

AWAY = Fault(
    reason=FaultReason.FORBIDDEN_ADDRESS,
    where="the blog",
    what="it stands on another site than its blog",
    todo="declare that site as a page of its own if it should be watched",
)


@dataclass(slots=True, kw_only=True)
class Listing:
    """A visit to a blog: its listing, the posts to fetch, and what came of each.

    items: by the posts' addresses; a post that is still awaited has none. backlog: the blog is visited for the first
    time, so its posts are no news. warnings: None when the listing stands as it was.
    """

    target: Declaration
    capture: Capture
    posts: tuple[Post, ...] = ()
    backlog: bool = False
    warnings: tuple[TermsWarning, ...] | None = None
    items: dict[str, Item] = field(default_factory=dict)


class BlogsSpider(TargetSpider):
    """Visits blogs: when all new posts of one have come in, yields an item for each, and one for the blog itself."""

    name = "blogs"
    blogs = True

    async def visits(self) -> AsyncIterator[Request | Item]:
        """A request for the listing of each blog, or for the page that names its feed."""
        for target in self.targets:
            if self.browser is None and any(source.browser for source in target.sources):
                yield self.failed(target, needs_browser(target))
            elif target.watch.feed == "auto":
                yield self._request(target, target.sources[0].fetch, self.page_came)
            else:
                yield await self._listing_request(target, target.watch.feed or target.sources[0].fetch)

    async def page_came(self, response: Response, target: Declaration, url: str) -> AsyncIterator[Request | Item]:
        """The page that names the feed came in."""
        capture = self.capture(url, response)
        feed = fault_of_status(capture) or feed_address(capture)
        if isinstance(feed, str):
            yield await self._listing_request(target, feed)
        elif target.watch.follow and feed.reason is FaultReason.BAD_FEED:
            async for output in self._listed(target, capture, index_posts(capture, target.watch.follow)):
                yield output
        else:
            yield self.failed(target, feed)

    async def listing_came(
        self, response: Response, target: Declaration, url: str, *, conditional: bool
    ) -> AsyncIterator[Request | Item]:
        """The feed or index page came in."""
        capture = self.capture(url, response)
        if capture.status == NOT_MODIFIED and conditional:
            yield _stood(Listing(target=target, capture=capture), (capture,), quiet=False)
            return
        posts = fault_of_status(capture) or (
            _posts_of_feed(capture, target) if target.watch.feed else index_posts(capture, target.watch.follow)
        )
        if isinstance(posts, str) and url != target.watch.feed:
            posts = bad_index(capture)  # an index inside an index is not followed
        if isinstance(posts, str):
            yield await self._listing_request(target, posts)
            return
        async for output in self._listed(target, capture, posts):
            yield output

    def listing_failed(self, failure: Failure) -> Iterator[Item]:
        """The listing, or the page that names it, did not come in."""
        facts = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield self.failed(facts["target"], fault_of_failure(failure))

    async def post_came(self, response: Response, listing: Listing, post: Post) -> AsyncIterator[Item]:
        """The page of a post came in."""
        capture = self.capture(post.url, response)
        extraction = fault_of_status(capture) or await self.job.read((capture,), _for_post(listing.target))
        for item in self._came(listing, post, extraction, capture):
            yield item

    def post_failed(self, failure: Failure) -> Iterator[Item]:
        """The page of a post did not come in."""
        facts = failure.request.cb_kwargs  # type: ignore[attr-defined]
        return self._came(facts["listing"], facts["post"], fault_of_failure(failure), facts["listing"].capture)

    async def _listing_request(self, target: Declaration, url: str) -> Request | Item:
        earlier = await self.earlier(target, url)
        return self._request(target, url, self.listing_came, earlier=earlier, conditional=earlier is not None)

    def _request(
        self,
        target: Declaration,
        url: str,
        callback: Callable[..., Any],
        *,
        earlier: Capture | None = None,
        **facts: Any,
    ) -> Request | Item:
        request = request_for(url, target, earlier, accept="" if callback == self.page_came else ACCEPT)
        if isinstance(request, Fault):
            return self.failed(target, request)
        if any(source.browser and source.fetch == url for source in target.sources):
            request = in_browser(request, ())
        facts = {"target": target, "url": url, **facts}
        return request.replace(callback=callback, errback=self.listing_failed, cb_kwargs=facts)

    async def _listed(
        self, target: Declaration, capture: Capture, posts: tuple[Post, ...] | Fault
    ) -> AsyncIterator[Request | Item]:
        """Ask for the posts of a listing that are not known yet."""
        if isinstance(posts, Fault):
            yield self.failed(target, posts)
            return
        known = await self.job.ask(self.job.known_posts, target.document)
        new = [post for post in posts if post.url not in (known or ())]
        away = [post.url for post in new if not post.content and not _is_near(target, capture, post)]
        new = [post for post in new if post.url not in away]
        listing = Listing(
            target=target, capture=capture, posts=tuple(new), backlog=known is None, warnings=_left_out(away)
        )
        if not new:
            yield _stood(listing, (capture,), quiet=False)
        for post in new:
            request = request_for(post.url, target) if _is_near(target, capture, post) else AWAY
            if isinstance(request, Request):
                if any(source.browser for source in target.sources):
                    request = in_browser(request, target.sources[:1])
                facts = {"listing": listing, "post": post}
                yield request.replace(callback=self.post_came, errback=self.post_failed, cb_kwargs=facts)
            else:
                for item in self._came(listing, post, request, capture):
                    yield item

    def _came(self, listing: Listing, post: Post, result: Extraction | Fault, capture: Capture) -> Iterator[Item]:
        """Note what came of a post; when it was the last, yield all, in the order of the listing."""
        if isinstance(result, Fault) and post.content:
            result, capture = _from_feed(post, result), listing.capture
        if isinstance(result, Fault):
            listing.items[post.url] = self.failed(listing.target, result, post=post.url)
        else:
            listing.items[post.url] = _seen(listing, post, result, capture)
        if len(listing.items) == len(listing.posts):
            yield from self._all(listing)

    def _all(self, listing: Listing) -> Iterator[Item]:
        items = [replace(listing.items[post.url], last=False) for post in listing.posts]
        yield from items
        # with a post missing, the listing is fetched in full next time, so that the post is tried again
        whole = all(isinstance(item, Seen) for item in items)
        yield _stood(listing, (listing.capture,) if whole else (), quiet=True)


def _posts_of_feed(capture: Capture, target: Declaration) -> tuple[Post, ...] | str | Fault:
    """The newest posts of a feed or of a sitemap, of the latter those below the blog's own page.

    Of an index of sitemaps, the address of the one that most likely lists posts.
    """
    posts = feed_posts(capture)
    if isinstance(posts, Fault) and posts.reason is FaultReason.BAD_FEED:
        listed = addresses(capture)
        if not isinstance(listed, Fault):
            inner = of_posts(listed)
            if inner is not None:
                return inner
            return sitemap_posts(listed, capture, below=target.sources[0].fetch)
    return posts


def _stood(listing: Listing, captures: tuple[Capture, ...], *, quiet: bool) -> Item:
    """The item for the blog itself, which nothing follows."""
    return Unchanged(
        target=listing.target,
        document=listing.target.document,
        captures=captures,
        at=listing.capture.fetched_at,
        quiet=quiet,
        warnings=listing.warnings,
    )


def _seen(listing: Listing, post: Post, extraction: Extraction, capture: Capture) -> Item:
    target = listing.target
    observation = Observation(
        document=Document(service=target.service, terms=target.terms, post=post.url),
        text=extraction.text,
        url=capture.url if capture.source == post.url else post.url,
        observed_at=capture.fetched_at,
        captures=(capture,),
        extractor=extractor_of((capture,)),
        declaration=target.hash,
        title=post.title or extraction.title,
        published=post.published,
        language=target.watch.language,
        warnings=extraction.warnings,
        fallback=extraction.fallback,
        backlog=listing.backlog,
    )
    return Seen(target=target, observation=observation)


def _from_feed(post: Post, fault: Fault) -> Extraction | Fault:
    """The text of a post as its feed carries it, when its page cannot be read."""
    text = extract_fragment(post.content, post.url)
    warning = TermsWarning(
        reason=WarningReason.FEED_TEXT,
        where=post.url,
        what=f"the post's page cannot be read ({fault.what})",
        todo="its text was taken from the feed",
    )
    return Extraction(text=text, warnings=(warning,)) if text else fault


def _for_post(target: Declaration) -> Declaration:
    """The declaration by which a post's page is read: the selectors of the first source."""
    return replace(target, sources=target.sources[:1])


def _is_near(target: Declaration, capture: Capture, post: Post) -> bool:
    """Whether a post stands on a site of its blog, so that it may be fetched."""
    return same_site(post.url, capture.url, target.watch.feed, *(source.fetch for source in target.sources))


def _left_out(away: Sequence[str]) -> tuple[TermsWarning, ...]:
    if not away:
        return ()
    number = "a post stands" if len(away) == 1 else f"{len(away)} posts stand"
    what = f"{number} on another site than the blog and was not read"
    todo = "declare that site to watch it"
    return (TermsWarning(reason=WarningReason.POSTS_AWAY, where=away[0], what=what, todo=todo),)
