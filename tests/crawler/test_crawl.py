import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from crawler.declarations import Range, Source, Watch, ad_hoc
from crawler.errors import UnknownTarget
from crawler.observation import Observation
from crawler.run import Progressed, crawl
from crawler.visit import Visit
from diffing.capture import Capture
from diffing.fault import FaultReason
from diffing.outcome import Outcome
from diffing.version import Document
from tests.support.crawling import SETTINGS, WHEN, Kept, terms, visit
from tests.support.server import Answer, Reply, serving
from tests.support.site import page

PAGE = """<!doctype html><html><head><title>Privacy Policy</title></head><body><nav>Menu</nav>
<main><h1>Privacy Policy</h1><p>We keep your name.</p></main><footer>Imprint</footer></body></html>"""


def test_a_declared_page_is_fetched_and_handed_over_as_markdown() -> None:
    with serving({"/privacy": PAGE}) as server:
        declaration = terms(Source(fetch=f"{server.url}/privacy", select=("main",)))
        kept, visits = visit([declaration])
    (seen,) = kept.observations
    assert seen.text == "Privacy Policy\n==============\n\nWe keep your name.\n"
    assert (seen.document, seen.url, seen.title) == (declaration.document, f"{server.url}/privacy", "Privacy Policy")
    assert (seen.observed_at, seen.declaration, seen.fallback) == (WHEN, declaration.hash, ())
    assert seen.captures[0].body == PAGE.encode()
    assert [item.outcome for item in visits] == [Outcome.NEW]


def test_several_sources_are_joined_in_the_declared_order() -> None:
    pages = {"/a": "<main>First.</main>", "/b": "<main>Second.</main>"}
    with serving(pages) as server:
        sources = [Source(fetch=server.url + path, select=("main",)) for path in ("/b", "/a")]
        kept, _ = visit([terms(*sources)])
    assert kept.text == "Second.\n\n* * *\n\nFirst.\n"


def test_one_bad_target_leaves_the_others_alone() -> None:
    with serving({"/good": PAGE, "/broken": Reply(status=500)}) as server:
        names = ("broken", "good", "absent")
        targets = [terms(Source(fetch=f"{server.url}/{name}", select=("main",)), name=name) for name in names]
        _, visits = visit(targets)
    assert [item.document.terms for item in visits] == ["broken", "good", "absent"]
    assert [item.fault.reason if item.fault else None for item in visits] == [
        FaultReason.HTTP_STATUS,
        None,
        FaultReason.NOT_FOUND,
    ]


def test_a_range_and_removed_parts_are_read_as_declared() -> None:
    body = "<main><h1>Terms</h1><p id=a>One</p><p class=ad>Ad</p><p>Two</p><p id=z>End</p></main>"
    with serving({"/terms": body}) as server:
        select = (Range(start="#a", end="#z"),)
        kept, _ = visit([terms(Source(fetch=f"{server.url}/terms", select=select, remove=(".ad",)))])
    assert kept.text == "One\n\nTwo\n"


def test_an_address_declared_twice_is_fetched_once() -> None:
    with serving({"/page": "<p id=a>One</p><p id=b>Two</p>"}) as server:
        sources = [Source(fetch=f"{server.url}/page", select=(name,)) for name in ("#b", "#a")]
        kept, _ = visit([terms(*sources)])
    assert kept.text == "Two\n\n* * *\n\nOne\n"
    assert server.paths == ["/page"]


def test_a_page_that_says_304_is_unchanged() -> None:
    validators = {"ETag": '"7"', "Last-Modified": "Thu, 18 Sep 2025 08:00:00 GMT"}
    with serving({"/a": Reply(body=PAGE, headers=validators)}) as server:
        target = terms(Source(fetch=f"{server.url}/a", select=("main",)))
        kept, _ = visit([target])
        _, visits = visit([target], kept)
    assert [item.outcome for item in visits] == [Outcome.UNCHANGED]
    ((document, captures, at),) = kept.stood
    assert (document, at, captures[0].status, captures[0].body) == (target.document, WHEN, 304, b"")
    asked = server.requests[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"7"', "Thu, 18 Sep 2025 08:00:00 GMT")


def test_a_page_of_the_very_bytes_of_before_is_unchanged() -> None:
    with serving({"/a": PAGE}) as server:
        target = terms(Source(fetch=f"{server.url}/a", select=("main",)))
        kept, _ = visit([target])
        _, visits = visit([target], kept)
    assert [item.outcome for item in visits] == [Outcome.UNCHANGED]


def test_a_part_that_says_304_is_read_from_what_is_kept_when_another_part_changed() -> None:
    with serving({}) as server:
        pages: dict[str, Answer] = {
            "/a": Reply(body="<main>First.</main>", headers={"ETag": '"1"'}),
            "/b": Reply(body="<main>Second.</main>", headers={"ETag": '"2"'}),
        }
        server.pages = pages
        target = terms(*(Source(fetch=f"{server.url}/{name}", select=("main",)) for name in "ab"))
        kept, _ = visit([target])
        pages["/b"] = Reply(body="<main>Other.</main>", headers={"ETag": '"3"'})
        visit([target], kept)
    assert [item.text for item in kept.observations] == [
        "First.\n\n* * *\n\nSecond.\n",
        "First.\n\n* * *\n\nOther.\n",
    ]
    assert kept.observations[1].captures[0].status == 200


def test_a_304_nobody_asked_for_is_a_fault() -> None:
    with serving({"/a": Reply(status=304)}) as server:
        kept, _ = visit([terms(Source(fetch=f"{server.url}/a"))])
    assert kept.faults[0][1].reason is FaultReason.REDIRECTS


def test_terms_that_need_a_browser_are_a_fault_and_not_fetched_where_there_is_none() -> None:
    with serving({"/a": PAGE}) as server:
        kept, _ = visit([terms(Source(fetch=f"{server.url}/a", browser=True))])
    assert kept.faults[0][1].reason is FaultReason.NEEDS_BROWSER
    assert server.requests == []


def test_the_declared_language_is_asked_for() -> None:
    with serving({"/a": PAGE}) as server:
        visit([terms(Source(fetch=f"{server.url}/a"), watch=Watch(language="fr", region="BE"))])
    assert server.requests[-1].headers["accept-language"] == "fr-BE,fr;q=0.9,en;q=0.3"


def test_a_version_made_of_several_pages_is_dated_by_the_last_of_them() -> None:
    times = iter(WHEN + timedelta(minutes=minute) for minute in range(9))
    kept = Kept()
    with serving({"/a": "<main>First.</main>", "/b": "<main>Second.</main>"}) as server:
        target = terms(*(Source(fetch=f"{server.url}/{name}", select=("main",)) for name in "ab"))
        crawl([target], sink=kept, settings=SETTINGS, now=lambda: next(times))
    (seen,) = kept.observations
    assert seen.observed_at == max(capture.fetched_at for capture in seen.captures) > WHEN


def test_an_address_somebody_types_is_crawled_without_a_declaration() -> None:
    with serving({"/privacy": page("# Privacy\n\n" + "We keep your name. " * 30)}) as server:
        kept, _ = visit([ad_hoc(f"{server.url}/privacy")])
    assert kept.text.startswith("Privacy\n=======\n\nWe keep your name.")
    assert kept.observations[0].document.service == "127.0.0.1"


def test_progress_is_told_as_targets_are_finished() -> None:
    told: list[Progressed] = []
    with serving({"/a": PAGE}) as server:
        targets = [terms(Source(fetch=f"{server.url}/{name}"), name=name) for name in ("a", "b")]
        crawl(targets, sink=Kept(), settings=SETTINGS, on_progress=told.append)
    assert [(item.done, item.total) for item in told] == [(1, 2), (2, 2)]
    assert {item.visit.document.terms for item in told if item.visit} == {"a", "b"}


def test_a_sink_that_cannot_write_stops_the_crawl_and_the_next_crawl_runs() -> None:
    class Full(Kept):
        def observe(self, observation: Observation) -> Visit:
            raise UnknownTarget("archive.db", "the disk is full", "make room")

    with serving({f"/{n}": PAGE for n in range(20)}) as server:
        targets = [terms(Source(fetch=f"{server.url}/{n}", select=("main",)), name=str(n)) for n in range(20)]
        with pytest.raises(UnknownTarget, match="the disk is full"):
            crawl(targets, sink=Full(), settings={**SETTINGS, "CONCURRENT_REQUESTS": 1})
        assert len(server.paths) < 20
        kept, _ = visit(targets[:1])
    assert len(kept.observations) == 1


def test_the_sink_is_called_in_the_thread_that_crawls() -> None:
    threads: list[int] = []

    class Noting(Kept):
        def observe(self, observation: Observation) -> Visit:
            threads.append(threading.get_ident())
            return super().observe(observation)

    with serving({"/a": PAGE}) as server:
        visit([terms(Source(fetch=f"{server.url}/a"))], Noting())
    assert threads == [threading.get_ident()]


def test_a_target_that_our_own_code_fails_on_is_a_fault_and_the_others_are_visited() -> None:
    class Clock:
        calls = 0

        def __call__(self) -> datetime:
            self.calls += 1
            if self.calls == 1:
                raise ArithmeticError("the first page that comes in fails us")
            return WHEN

    with serving({"/a": PAGE, "/b": PAGE}) as server:
        kept = Kept()
        targets = [terms(Source(fetch=f"{server.url}/{name}"), name=name) for name in "ab"]
        crawl(targets, sink=kept, settings={**SETTINGS, "CONCURRENT_REQUESTS": 1}, now=Clock())
    assert len(kept.observations) == 1
    assert [fault.what for _, fault in kept.faults] == [
        "fetching the page failed with ArithmeticError, which is our failure and not the publisher's"
    ]


def test_an_archive_that_cannot_be_read_stops_the_crawl() -> None:
    def failing(document: Document, source: str) -> Capture | None:
        raise UnknownTarget("archive.db", "is locked", "wait")

    with serving({"/a": PAGE}) as server, pytest.raises(UnknownTarget, match="is locked"):
        crawl([terms(Source(fetch=f"{server.url}/a"))], sink=Kept(), settings=SETTINGS, validators=failing)
    assert server.paths == []


def test_two_threads_that_crawl_at_once_take_turns() -> None:
    with serving({"/a": PAGE}) as server, ThreadPoolExecutor(4) as pool:
        crawls = [pool.submit(visit, [terms(Source(fetch=f"{server.url}/a"))]) for _ in range(4)]
        assert [len(run.result()[0].observations) for run in crawls] == [1] * 4


def test_nothing_to_crawl_is_crawled_at_once() -> None:
    assert visit([])[1] == ()
