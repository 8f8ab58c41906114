import re

from crawler.declarations import Declaration, Source, Watch
from diffing.fault import FaultReason
from diffing.outcome import Outcome
from tests.support.crawling import Kept, terms, visit
from tests.support.server import Answer, Asked, Reply, Server, serving

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Blog</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{content}</item>"


def item(server: Server, name: str, day: int, content: str = "") -> str:
    full = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    date = f"{day:02d} Sep 2025 08:00:00 GMT"
    return ITEM.format(title=f"Post {name}", link=f"{server.url}/{name}?utm_source=feed#top", date=date, content=full)


def feed(*items: str) -> Reply:
    return Reply(body=RSS.format(items="".join(items)), headers={"Content-Type": "application/rss+xml"})


def post(words: str) -> str:
    return f"<html><head><title>Page</title></head><body><nav>Menu</nav><article><p>{words}</p></article></body></html>"


def blog(server: Server) -> Declaration:
    """The blog whose feed is at /feed."""
    source = Source(fetch="", select=("article",))
    return terms(source, name="Blog", watch=Watch(feed=f"{server.url}/feed", language="en"))


def test_each_new_post_of_a_feed_is_a_document_of_its_own() -> None:
    with serving({}) as server:
        server.pages = {
            "/feed": feed(item(server, "one", 1), item(server, "two", 2)),
            "/one": post("First news."),
            "/two": post("Second news."),
        }
        declaration = blog(server)
        kept, visits = visit([declaration])
    seen = {item.document.post.rpartition("/")[2]: item for item in kept.observations}
    assert list(seen) == ["two", "one"]
    assert (seen["one"].text, seen["one"].title) == ("First news.\n", "Post one")
    assert seen["one"].published == "2025-09-01T08:00:00+00:00"
    assert [visit.document.post for visit in visits] == [f"{server.url}/two", f"{server.url}/one"]


def test_posts_that_stood_there_at_the_first_visit_are_no_news_and_later_ones_are() -> None:
    with serving({}) as server:
        pages: dict[str, Answer] = {
            "/feed": feed(item(server, "one", 1)),
            "/one": post("First news."),
            "/two": post("Second news."),
        }
        server.pages = pages
        declaration = blog(server)
        kept, _ = visit([declaration])
        pages["/feed"] = feed(item(server, "two", 2), item(server, "one", 1))
        kept, visits = visit([declaration], kept)
    assert [(item.text, item.backlog) for item in kept.observations] == [
        ("First news.\n", True),
        ("Second news.\n", False),
    ]
    assert [item.outcome for item in visits] == [Outcome.NEW]
    assert server.paths == ["/feed", "/one", "/feed", "/two"]


def test_a_blog_without_news_is_unchanged() -> None:
    with serving({}) as server:
        server.pages = {"/feed": feed(item(server, "one", 1)), "/one": post("First news.")}
        declaration = blog(server)
        kept, _ = visit([declaration])
        _, visits = visit([declaration], kept)
    assert [(item.document.post, item.outcome) for item in visits] == [("", Outcome.UNCHANGED)]


def test_a_feed_that_says_304_is_not_read_again() -> None:
    with serving({}) as server:
        reply = feed(item(server, "one", 1))
        server.pages = {"/feed": Reply(body=reply.body, headers={"ETag": '"1"'}), "/one": post("First news.")}
        declaration = blog(server)
        kept, _ = visit([declaration])
        _, visits = visit([declaration], kept)
    assert [item.outcome for item in visits] == [Outcome.UNCHANGED]
    assert [len(captures) for _, captures, _ in kept.stood] == [1, 1]
    assert server.requests[-1].headers["if-none-match"] == '"1"'


def test_after_a_failed_post_the_feed_is_asked_for_in_full_so_that_the_post_is_tried_again() -> None:
    with serving({}) as server:
        reply = feed(item(server, "one", 1))
        pages: dict[str, Answer] = {"/feed": Reply(body=reply.body, headers={"ETag": '"1"'}), "/one": Reply(status=500)}
        server.pages = pages
        declaration = blog(server)
        kept, failed = visit([declaration])
        pages["/one"] = Reply(body=post("First news."))
        _, seen = visit([declaration], kept)
    assert [item.fault.reason for item in failed if item.fault] == [FaultReason.HTTP_STATUS]
    assert [item.document.post for item in failed + seen] == [f"{server.url}/one"] * 2
    assert kept.text == "First news.\n"


def test_a_post_whose_page_fails_is_taken_from_the_feed_when_it_is_whole_there() -> None:
    with serving({}) as server:
        server.pages = {"/feed": feed(item(server, "one", 1, "<p>The <b>whole</b> post.</p>"))}
        kept, visits = visit([terms(Source(fetch=""), name="Blog", watch=Watch(feed=f"{server.url}/feed"))])
    assert kept.text == "The **whole** post.\n"
    assert tuple(map(str, visits[0].warnings)) == (
        f"{server.url}/one: the post's page cannot be read (the page is gone (status 404)); "
        "its text was taken from the feed",
    )


def test_the_feed_a_page_names_is_found() -> None:
    with serving({}) as server:
        server.pages = {
            "/": '<head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>Blog</body>',
            "/feed": feed(item(server, "one", 1)),
            "/one": post("First news."),
        }
        declaration = terms(Source(fetch=server.url, select=("article",)), name="Blog", watch=Watch(feed="auto"))
        kept, _ = visit([declaration])
    assert kept.text == "First news.\n"


def test_the_links_of_an_index_page_are_followed() -> None:
    with serving({}) as server:
        links = "".join(f'<li><a class="post" href="/{name}">Post {name}</a></li>' for name in ("two", "one", "two"))
        server.pages = {
            "/blog": f"<main><a href='/imprint'>Imprint</a><ul>{links}</ul></main>",
            "/one": post("First news."),
            "/two": post("Second news."),
        }
        source = Source(fetch=f"{server.url}/blog", select=("article",))
        kept, _ = visit([terms(source, name="Blog", watch=Watch(follow="a.post"))])
    assert [(item.title, item.text) for item in kept.observations] == [
        ("Post two", "Second news.\n"),
        ("Post one", "First news.\n"),
    ]


def test_only_the_newest_thirty_posts_are_looked_at_however_often_the_blog_is_visited() -> None:
    def pages(asked: Asked) -> Reply | str | None:
        if asked.path == "/feed":
            return feed(*(item(server, f"p{day}-{n}", day) for day in range(1, 29) for n in range(2)))
        return post("News.") if re.fullmatch(r"/p\d+-\d", asked.path) else None

    with serving(pages) as server:
        declaration = blog(server)
        kept, _ = visit([declaration])
        visit([declaration], kept)
    assert len(kept.observations) == 30
    assert {item.published[:10] for item in kept.observations} == {f"2025-09-{day:02d}" for day in range(14, 29)}


def faulted(body: str | bytes, kind: str = "application/rss+xml") -> tuple[FaultReason, str]:
    with serving({"/feed": Reply(body=body, headers={"Content-Type": kind})}) as server:
        kept, _ = visit([terms(Source(fetch=""), name="Blog", watch=Watch(feed=f"{server.url}/feed"))])
    ((_, fault),) = kept.faults
    return fault.reason, fault.what


def test_a_feed_that_is_no_feed_is_a_fault() -> None:
    assert faulted("<html><body>Welcome</body></html>") == (
        FaultReason.BAD_FEED,
        "the answer is neither RSS nor Atom",
    )
    assert faulted("not XML at all & <") == (FaultReason.BAD_FEED, "the answer is neither RSS nor Atom")


def test_a_feed_that_defines_entities_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
    )
    refused = (FaultReason.BAD_FEED, "the feed defines entities of its own, which no feed needs")
    assert faulted(bomb) == refused
    assert faulted(bomb.encode("utf-16")) == refused


def test_a_feed_whose_body_is_a_file_name_opens_no_file() -> None:
    assert faulted(__file__)[0] is FaultReason.BAD_FEED


def test_a_post_on_another_site_is_not_fetched() -> None:
    with serving({}) as elsewhere, serving({}) as server:
        link = elsewhere.url.replace("127.0.0.1", "localhost") + "/one"
        server.pages = {"/feed": feed(ITEM.format(title="Away", link=link, date="", content=""))}
        watch = Watch(feed=f"{server.url}/feed")
        kept, visits = visit(
            [terms(Source(fetch=""), name="Blog", watch=watch)], CLAUSEWATCH_ALLOW_HOSTS=["127.0.0.1", "localhost"]
        )
    assert tuple(map(str, visits[0].warnings)) == (
        f"{link}: a post stands on another site than the blog and was not read; declare that site to watch it",
    )
    assert elsewhere.requests == []
    assert kept.faults == []


def test_blogs_and_terms_are_crawled_together_and_told_in_the_order_of_the_targets() -> None:
    with serving({}) as server:
        server.pages = {
            "/feed": feed(item(server, "one", 1)),
            "/one": post("First news."),
            "/terms": "<main>Terms.</main>",
        }
        targets = [
            blog(server),
            terms(Source(fetch=f"{server.url}/terms", select=("main",)), name="Terms of Service"),
        ]
        _, visits = visit(targets, Kept())
    assert [item.document.terms for item in visits] == ["Blog", "Terms of Service"]
