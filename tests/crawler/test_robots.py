import pytest

from crawler.declarations import Source
from diffing.fault import FaultReason
from tests.support.crawling import Kept, terms, visit
from tests.support.server import Answer, Reply, serving

PAGE = "<main>Text.</main>"


def crawled(robots: Answer) -> Kept:
    """What comes of two pages of a site with that robots.txt; the second is under /private."""
    with serving({"/robots.txt": robots, "/open": PAGE, "/private/page": PAGE}) as server:
        paths = ("/open", "/private/page")
        targets = [terms(Source(fetch=server.url + path, select=("main",)), name=path) for path in paths]
        kept, _ = visit(targets)
        assert sum(asked.path == "/robots.txt" for asked in server.requests) == 1
    return kept


def test_what_robots_txt_disallows_is_not_fetched() -> None:
    kept = crawled("User-agent: *\nDisallow: /private")
    assert [item.document.terms for item in kept.observations] == ["/open"]
    ((document, fault),) = kept.faults
    assert (document.terms, fault.reason) == ("/private/page", FaultReason.ROBOTS)
    assert fault.what == "its robots.txt does not allow it"


def test_a_rule_for_us_by_name_goes_before_the_rule_for_all() -> None:
    kept = crawled("User-agent: *\nDisallow: /\n\nUser-agent: Clausewatch\nDisallow: /open")
    assert [item.document.terms for item in kept.observations] == ["/private/page"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_site_without_robots_txt_allows_all(status: int) -> None:
    assert len(crawled(Reply(status=status)).observations) == 2


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (Reply(status=500), "status 500"),
        (Reply(status=503, headers={"Retry-After": "60"}), "status 503"),
        (Reply(status=429), "status 429"),
        (
            Reply(status=302, headers={"Location": "http://10.0.0.1/robots.txt"}),
            "the host 10.0.0.1 is a private address",
        ),
        (Reply(status=302, headers={"Location": "/robots.txt"}), "more than 10 redirects"),
        (
            Reply(body=b"x", headers={"Content-Length": "100", "Connection": "close"}),
            "the connection broke before the answer was whole",
        ),
    ],
)
def test_a_robots_txt_that_cannot_be_reached_disallows_all_and_says_why(robots: Reply, why: str) -> None:
    with serving({"/robots.txt": robots, "/open": PAGE, "/other": PAGE}) as server:
        targets = [terms(Source(fetch=server.url + path), name=path) for path in ("/open", "/other")]
        kept, _ = visit(targets)
    said = f"its robots.txt cannot be reached ({why}), which means no (RFC 9309)"
    assert [(fault.reason, fault.what) for _, fault in kept.faults] == [(FaultReason.ROBOTS, said)] * 2
    assert server.paths == []


def test_a_redirect_is_asked_of_the_robots_txt_of_where_it_leads() -> None:
    with serving({"/robots.txt": "User-agent: *\nDisallow: /", "/b": PAGE}) as other, serving({}) as server:
        server.pages = {"/a": Reply(status=302, headers={"Location": f"{other.url}/b"})}
        kept, _ = visit([terms(Source(fetch=f"{server.url}/a"))])
    assert kept.faults[0][1].reason is FaultReason.ROBOTS
    assert other.paths == []


def test_robots_txt_can_be_set_aside_by_whoever_may() -> None:
    with serving({"/robots.txt": "User-agent: *\nDisallow: /", "/a": PAGE}) as server:
        kept, _ = visit([terms(Source(fetch=f"{server.url}/a", select=("main",)))], ROBOTSTXT_OBEY=False)
    assert kept.text == "Text.\n"
