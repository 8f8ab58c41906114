import pytest

from crawler.declarations import Range
from tests.support.pages import extracted

PAGE = """<body><header>Top</header><div id=a><h2>One</h2><p>first</p></div>
<div id=b><h2>Two</h2><ul><li>x</li><li id=y>y</li><li>z</li></ul><p id=last>last</p></div>
<footer>End</footer></body>"""


def text(*select: str | Range, remove: tuple[str | Range, ...] = ()) -> str:
    return extracted(PAGE, *select, remove=remove).text.rstrip("\n")


def test_selectors_are_taken_one_after_the_other() -> None:
    assert text("#b p", "#a p") == "last\n\nfirst"


def test_one_selector_picks_in_document_order() -> None:
    assert text("#last, #a p") == "first\n\nlast"


def test_a_match_inside_a_match_is_taken_once() -> None:
    assert text("div, p") == text("div")


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (Range(start="#a p", end="#y"), "first\n\nTwo\n---\n\n*   x"),
        (Range(start="#a p", end="#y", after_end=True), "first\n\nTwo\n---\n\n*   x\n*   y"),
        (Range(start="#a h2", end="#last", after_start=True), "first\n\nTwo\n---\n\n*   x\n*   y\n*   z"),
        (Range(start="#y", end="#b", after_end=True), None),
        (Range(start="header", end="#a", after_start=True), ""),
        (Range(start="#a", end="#a", after_end=True), "One\n---\n\nfirst"),
        (Range(start="#a", end="#last"), "One\n---\n\nfirst\n\nTwo\n---\n\n*   x\n*   y\n*   z"),
        (Range(start="#b", end="#y", after_end=True), "Two\n---\n\n*   x\n*   y"),
        (Range(start="#b", end="#y", after_start=True), None),
        (Range(start="#a", end="#a"), None),
        (Range(start="#a", end="#nowhere"), None),
        (Range(start="#nowhere", end="#a"), None),
    ],
)
def test_a_range_holds_what_stands_between_its_ends(selector: Range, expected: str | None) -> None:
    result = extracted(PAGE, selector, "footer")
    picked = result.text.removesuffix("End\n").rstrip("\n")
    if expected is None:
        assert tuple(map(str, result.warnings)) == (
            f'https://www.example.org/legal/privacy: selector "{selector}" matches nothing; correct it or remove it',
        )
    else:
        assert (picked, result.warnings) == (expected, ())


def test_what_is_removed_is_not_selected() -> None:
    assert text("body", remove=("h2", "ul, header", ".absent")) == "first\n\nlast\n\nEnd"


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (Range(start="header", end="#y"), "*   y\n*   z\n\nlast\n\nEnd"),
        (Range(start="#a p", end="#last", after_start=True), "Top\n\nOne\n---\n\nfirst\n\nlast\n\nEnd"),
        (Range(start="#y", end="footer", after_end=True), "Top\n\nOne\n---\n\nfirst\n\nTwo\n---\n\n*   x"),
        (Range(start="#last", end="#a"), text("body")),
        (Range(start="#last", end=".absent"), text("body")),
    ],
)
def test_a_removed_range_takes_all_between_its_ends(selector: Range, expected: str) -> None:
    assert text("body", remove=(selector,)) == expected


def test_a_removed_range_whose_ends_were_removed_before_it_does_nothing() -> None:
    assert text("body", remove=(Range(start="#a", end="#b"), "#b")) == "Top\n\nOne\n---\n\nfirst\n\nEnd"
