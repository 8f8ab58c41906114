import pytest

from crawler.declarations import Declaration, Source
from crawler.declarations.declaration import Filter
from crawler.extraction import Extraction, extract
from crawler.extraction.parsing import MAX_BYTES, MAX_DEPTH, MAX_TAGS
from diffing.fault import Fault, FaultReason
from tests.support.pages import URL, attempted, capture, extracted
from tests.support.site import page

POLICY = "\n\n".join(
    [
        "# Privacy policy",
        *(f"## {n}. Section\n\nWe keep the data of kind {n} for as long as needed." for n in range(30)),
    ]
)


def reason(body: str | bytes, **facts: str) -> FaultReason:
    result = attempted(capture(body, **facts), "body")
    assert isinstance(result, Fault), result
    return result.reason


def test_a_selector_that_matches_nothing_while_another_does_is_a_warning() -> None:
    result = extracted("<main>Text</main>", "main", ".gone")
    assert (result.text, result.fallback) == ("Text\n", ())
    assert tuple(map(str, result.warnings)) == (f'{URL}: selector ".gone" matches nothing; correct it or remove it',)


def test_when_no_selector_matches_the_main_content_is_taken_and_said_so() -> None:
    result = attempted(capture(page(POLICY)), ".gone")
    assert isinstance(result, Extraction)
    assert result.fallback
    assert tuple(map(str, result.warnings)) == (
        f"{URL}: no declared selector matches; the main content was taken instead; "
        "correct them (`clausewatch targets suggest` proposes some)",
    )
    assert "We keep the data of kind 7 for as long as needed." in result.text
    assert "Accept all" not in result.text
    assert "Was this page helpful" not in result.text


def test_without_selectors_the_main_content_is_taken_without_a_warning() -> None:
    result = attempted(capture(page(POLICY)))
    assert isinstance(result, Extraction)
    assert (result.fallback, result.warnings) == ((0,), ())
    assert "Log in" not in result.text


def test_selectors_that_match_an_empty_element_are_a_fault_and_no_reason_to_take_other_text() -> None:
    result = attempted(capture("<div id=app></div><p>Enable scripts</p>"), "#app")
    assert isinstance(result, Fault)
    assert (result.reason, result.todo) == (
        FaultReason.EMPTY,
        'correct the selectors, or set "executeClientScripts": true',
    )


def test_one_empty_part_of_several_is_a_fault_of_the_whole() -> None:
    sources = (Source(fetch=URL, select=("main",)), Source(fetch=URL, select=("main",)))
    declaration = Declaration(service="Example", terms="Terms of Service", sources=sources)
    result = extract([capture("<main>Text</main>"), capture("<main></main>")], declaration)
    assert isinstance(result, Fault)
    assert result.reason is FaultReason.EMPTY


def test_query_parameters_of_links_are_removed_by_the_filter() -> None:
    html = '<a href="/x?id=1&utm_source=a&ref=b">x</a>'
    named = extracted(html, filters=(Filter(name="removeQueryParams", arguments=("ref", "id")),))
    default = extracted(html, filters=(Filter(name="removeQueryParams"),))
    assert named.text == "[x](https://www.example.org/x?utm_source=a)\n"
    assert default.text == "[x](https://www.example.org/x?id=1&ref=b)\n"


def test_an_unknown_filter_is_reported_and_not_run() -> None:
    result = extracted("<p>Text</p>", filters=(Filter(name="removeAds"), Filter(name="convertSpacesToStandard")))
    assert tuple(map(str, result.warnings)) == (
        f'{URL}: filter "removeAds" is unknown and was not run; say in filters.toml what it does',
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Données".encode(), "text/html"),
        ("Données".encode("latin-1"), "text/html; charset=latin-1"),
        ("Données".encode("cp1252"), "text/html"),
        ("<meta charset=windows-1252>Données".encode("cp1252"), "text/html"),
        ("<meta charset=utf-16>Données".encode(), "text/html"),
        ("\ufeffDonnées".encode("utf-16"), "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf" + "Données".encode(), "text/html; charset=latin-1"),
        ("Données".encode("latin-1"), "text/html; charset=utf-8"),
        ("Données".encode(), "text/html; charset=no-such-thing"),
        ("Données".encode(), "text/html; charset=rot13"),
        ("Données".encode(), "text/html; charset=utf-7"),
        ("Données".encode(), ""),
    ],
)
def test_a_wrong_charset_does_no_harm(body: bytes, content_type: str) -> None:
    assert extracted(capture(body, content_type=content_type)).text == "Données\n"


def test_bytes_that_fit_no_charset_become_replacement_characters() -> None:
    assert extracted(capture(b"a\x81\xffb", content_type="text/html; charset=utf-8")).text == "a\ufffd\u00ffb\n"


def test_plain_text_is_read_in_paragraphs() -> None:
    result = extracted(capture("One\nline\n\n<b>two</b>", content_type="text/plain"))
    assert result.text == "One line\n\n\\<b>two\\</b>\n"


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"", "text/html", FaultReason.EMPTY),
        (b"  \n", "text/html", FaultReason.EMPTY),
        (b"<html><body><p>.</p></body></html>", "text/html", FaultReason.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png", FaultReason.CONTENT_TYPE),
        (bytes(range(256)) * 40, "text/html", FaultReason.CONTENT_TYPE),
        (b"\0" * 5000, "", FaultReason.CONTENT_TYPE),
        (b'{"a": 1}', "application/json", FaultReason.CONTENT_TYPE),
        (b"a" * (MAX_BYTES + 1), "text/html", FaultReason.TOO_LARGE),
        (b"<p>" * (MAX_TAGS + 1), "text/html", FaultReason.TOO_LARGE),
        (b"<div>" * 100_000 + b"text", "text/html", FaultReason.EXTRACTION),
        (b"<b>" * (MAX_DEPTH + 1) + b"text", "text/html", FaultReason.EXTRACTION),
    ],
)
def test_what_is_no_text_is_a_fault(body: bytes, content_type: str, expected: FaultReason) -> None:
    assert reason(body, content_type=content_type) is expected


def test_tags_nested_as_deeply_as_allowed_are_read() -> None:
    assert extracted("<div>" * (MAX_DEPTH - 10) + "text").text == "text\n"
    assert "text" in extracted("<ul><li>" * ((MAX_DEPTH - 10) // 2) + "text").text


def test_a_line_of_four_megabytes_is_read_and_one_of_ten_is_too_large() -> None:
    assert len(extracted("<p>" + "word " * 800_000).text) == 4_000_000
    assert reason("<p>" + "word " * 2_000_000) is FaultReason.TOO_LARGE


def test_lone_surrogates_and_control_characters_do_not_reach_the_text() -> None:
    assert extracted("<p>a&#xD800;b&#7;c&#x1b;[31md\x9b").text == "a\ufffdbc\\[31md\n"


def test_the_same_page_gives_the_same_text_and_the_title_of_the_first_page() -> None:
    body = page(POLICY, title="Privacy &amp; you")
    first, second = attempted(capture(body), "main"), attempted(capture(body), "main")
    assert first == second
    assert isinstance(first, Extraction)
    assert first.title == "Privacy &amp; you"
