from crawler.declarations import Source
from diffing.fault import FaultReason
from diffing.outcome import Outcome
from tests.support.crawling import WHEN, terms, visit
from tests.support.server import Reply, serving

PAGE = """<!doctype html><html><head><title>Privacy Policy</title></head><body><nav>Menu</nav>
<main><h1>Privacy Policy</h1><p>We keep your name.</p></main><footer>Imprint</footer></body></html>"""


def test_a_declared_page_is_fetched_and_handed_over_as_markdown() -> None:
    with serving({"/privacy": PAGE}) as server:
        declaration = terms(Source(fetch=f"{server.url}/privacy", select=("main",)))
        kept, visits = visit([declaration])
    (seen,) = kept.observations
    assert seen.text == "Privacy Policy\n==============\n\nWe keep your name.\n"
    assert (seen.document, seen.url, seen.title) == (declaration.document, f"{server.url}/privacy", "Privacy Policy")
    assert (seen.observed_at, seen.declaration, seen.fallback) == (WHEN, declaration.hash, False)
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
