"""The filters: each primitive on a page, and nothing of it costs more than time in proportion to the page."""

import json
from pathlib import Path

from crawler.declarations import load
from tests.support.pages import capture, extracted


def filtered(tmp_path: Path, html: str, *filters: object) -> str:
    """The text of a page under filters as they are written in a declaration."""
    terms = {"fetch": "https://www.example.org/legal/privacy", "select": "body", "filter": list(filters)}
    content = json.dumps({"name": "Example", "terms": {"Privacy Policy": terms}})
    (tmp_path / "Example.json").write_text(content, encoding="utf-8")
    declared = load([tmp_path])
    assert declared.problems == ()
    result = extracted(capture(html), "body", filters=declared.items[0].sources[0].filters)
    assert result.warnings == ()
    return result.text.strip()


def test_urls_are_rewritten_once_they_are_absolute(tmp_path: Path) -> None:
    html = '<p><a href="/r/77ab/terms">Terms</a> <a class=x href="/r/12/y">y</a></p>'
    every = {"rewriteUrls": {"pattern": "/r/[0-9a-f]+/", "replacement": "/"}}
    one = {"rewriteUrls": {"pattern": r"/r/([0-9a-f]+)/", "replacement": r"/\1-", "select": "a.x"}}
    assert filtered(tmp_path, html, every) == ("[Terms](https://www.example.org/terms) [y](https://www.example.org/y)")
    assert "[y](https://www.example.org/12-y)" in filtered(tmp_path, html, one)


def test_links_are_dropped_and_their_words_stay(tmp_path: Path) -> None:
    html = '<p><a href="/share?t=1">Share</a> and <a href="/terms">terms</a></p>'
    assert filtered(tmp_path, html, {"dropLinks": "a[href*=share]"}) == (
        "Share and [terms](https://www.example.org/terms)"
    )
    assert filtered(tmp_path, html, "dropLinks") == "Share and terms"


def test_elements_are_removed_plainly(tmp_path: Path) -> None:
    html = "<p>Keep</p><p class=ad>Buy</p><aside>Nav</aside>"
    assert filtered(tmp_path, html, {"removeElements": [".ad", "aside"]}) == "Keep"


def test_elements_are_removed_only_when_every_condition_holds(tmp_path: Path) -> None:
    html = (
        "<section><p>Last viewed: today</p><p>Last <b>viewed</b> by you</p></section>"
        "<p>Last viewed elsewhere</p><div><a href='/sign-up'>Join</a></div>"
    )
    condition = {"select": "p", "text": "^Last viewed", "lacks": "b", "within": "section"}
    left = filtered(tmp_path, html, {"removeIf": condition})
    assert left == "Last **viewed** by you\n\nLast viewed elsewhere\n\n[Join](https://www.example.org/sign-up)"
    assert filtered(tmp_path, html, {"removeIf": {"select": "p", "has": "b"}}).startswith("Last viewed: today\n\nLast")
    assert "Join" not in filtered(tmp_path, html, {"removeIf": {"select": "a", "href": "example.org/sign-up$"}})


def test_text_is_replaced_where_it_is_asked_for(tmp_path: Path) -> None:
    html = "<p>12,345 members</p><h2>99 members</h2>"
    replace = {"pattern": "[0-9,]+ members", "replacement": "members"}
    assert filtered(tmp_path, html, {"replaceText": replace}) == "members\n\nmembers\n-------"
    assert filtered(tmp_path, html, {"replaceText": {**replace, "select": "p"}}).startswith("members\n\n99 members")


def test_filters_run_in_the_order_declared(tmp_path: Path) -> None:
    first = {"replaceText": {"pattern": "one", "replacement": "two"}}
    second = {"replaceText": {"pattern": "two", "replacement": "three"}}
    assert filtered(tmp_path, "<p>one</p>", first, second) == "three"
    assert filtered(tmp_path, "<p>one</p>", second, first) == "two"


def test_a_pattern_that_explodes_elsewhere_is_harmless(tmp_path: Path) -> None:
    html = f"<p>{'a' * 50_000}b</p>"
    assert filtered(tmp_path, html, {"replaceText": {"pattern": "(a+)+$", "replacement": ""}}).endswith("ab")
