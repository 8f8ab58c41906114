"""Suggesting selectors: from the last good text and the page as it is now."""

import pytest
from bs4 import BeautifulSoup

from crawler.declarations import Source
from crawler.extraction import Extraction
from crawler.suggesting import Suggestion, suggest
from crawler.suggesting.naming import name_of
from diffing.fault import Fault, FaultReason
from tests.support.pages import URL, attempted, capture, extracted

KINDS = ("name", "address", "telephone number", "photograph", "list of contacts", "profile", "search history", "posts")
CLAUSES = "".join(f"<p>We keep your {kind} for as long as your account with us is open.</p>" for kind in KINDS)
OLD = f"<main><h1>Privacy</h1>{CLAUSES}</main>"
NAV = "<nav><a href='/'>Home</a><a href='/privacy'>Privacy</a><a href='/jobs'>Work with us</a></nav>"
FOOT = "<footer><p>We wish you a pleasant day, and thank you for reading all of this.</p></footer>"


def suggested(page: str, old: str = OLD, *select: str, remove: tuple[str, ...] = ()) -> tuple[Suggestion, ...]:
    text = extracted(old, *(select or ("main",))).text
    found = suggest(capture(page), text, Source(fetch=URL, remove=remove))
    assert not isinstance(found, Fault), found
    return found


def test_the_element_that_holds_the_text_now_is_proposed_by_its_name() -> None:
    page = f"<body>{NAV}<div class='css-8f7a2'><div id=policy><h1>Privacy</h1>{CLAUSES}</div></div>{FOOT}</body>"
    best = suggested(page)[0]
    assert (best.select, best.covered, best.precise) == (("#policy",), 1.0, 1.0)


def test_what_is_proposed_reads_the_text_of_before() -> None:
    page = f"<body>{NAV}<section class='legal-text wide'><h1>Privacy</h1>{CLAUSES}</section>{FOOT}</body>"
    best = suggested(page)[0]
    result = attempted(page, *best.select)
    assert isinstance(result, Extraction)
    assert result.text == extracted(OLD, "main").text


def test_names_made_by_a_build_tool_are_not_proposed() -> None:
    page = f"<body>{NAV}<div class='wrap'><div class='sc-1x2 hKzQe7' id=r4f2a9c1><h1>Privacy</h1>{CLAUSES}</div></div>"
    best = suggested(page)[0]
    assert best.select in {(".wrap",), (".wrap > div",)}


def test_a_text_with_some_new_clauses_is_still_found() -> None:
    new = CLAUSES.replace("as long as", "a year after") + "<p>From May we train models on what you write.</p>"
    best = suggested(f"<body>{NAV}<article>{new}</article>{FOOT}</body>")[0]
    assert best.select == ("article",)
    assert 0.5 < best.covered < 1
    assert 0.5 < best.precise < 1


def test_a_text_in_two_places_needs_two_selectors_in_the_order_of_the_page() -> None:
    half = len(CLAUSES) // 2
    cut = CLAUSES.index("<p>", half)
    page = (
        f"<body>{NAV}<div id=first><h1>Privacy</h1>{CLAUSES[:cut]}</div>{'<p>Buy now, buy here.</p>' * 60}"
        f"<div id=second>{CLAUSES[cut:]}</div>{FOOT}</body>"
    )
    best = suggested(page)[0]
    assert (best.select, best.precise) == (("#first", "#second"), 1.0)
    assert best.covered > 0.95


def test_what_the_declaration_removes_counts_for_nothing() -> None:
    page = f"<body><div id=copy>{CLAUSES}</div><div id=real>{CLAUSES}</div></body>"
    assert suggested(page, remove=("#copy",))[0].select == ("#real",)


def test_a_page_that_holds_little_of_the_text_is_a_fault_with_what_to_do() -> None:
    text = extracted(OLD, "main").text
    found = suggest(
        capture(f"<main>{'<p>Our shop sells lamps of every size and colour.</p>' * 40}</main>"), text, Source(fetch=URL)
    )
    assert isinstance(found, Fault)
    assert (found.reason, found.what) == (
        FaultReason.EXTRACTION, "the page holds little of the text that was last read",
    )  # fmt: skip


def test_a_block_page_is_told_as_that() -> None:
    found = suggest(capture("<title>404 Not Found</title>"), "We keep your name.", Source(fetch=URL))
    assert isinstance(found, Fault)
    assert found.reason is FaultReason.NOT_FOUND


@pytest.mark.parametrize(
    ("page", "selector"),
    [
        ("<div><p id=a><b>x</b></p></div><p>y</p>", "b"),
        ("<ul><li>a<li><i>x</i></ul>", "i"),
        ("<div class='policy x9f7a2'><i>x</i></div><div class=other><i>y</i></div>", ".policy i"),
    ],
)
def test_a_name_picks_its_element_alone(page: str, selector: str) -> None:
    soup = BeautifulSoup(page, "lxml")
    (tag,) = soup.select(selector)
    found = soup.select(name_of(soup, tag).selector)
    assert len(found) == 1
    assert found[0] is tag


def test_a_large_page_takes_no_longer_than_its_size_asks_for() -> None:
    page = "<body>" + "".join(f"<div class=c{n}><p>{CLAUSES}</p></div>" for n in range(1500)) + "</body>"
    assert suggested(page)[0].covered > 0.9
