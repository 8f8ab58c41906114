"""PDF documents: their text, and what they do to whoever opens them."""

from functools import cache

import pytest

from crawler.extraction import Extraction
from crawler.extraction.pdf.layout import Line, to_html
from diffing.fault import Fault, FaultReason
from tests.support.pages import attempted, capture
from tests.support.pdfs import bomb, pdf, scanned

POLICY = (
    ("Privacy Policy", 20.0), ("", 10.0),
    ("We keep your name and (sometimes) your address, which", 11.0),
    ("we need to deliver what you have bought.", 11.0), ("", 11.0),
    ("1. Sharing", 14.0), ("", 11.0),
    ("\u2022 With Microsoft, for ads.", 11.0), ("\u2022 With nobody else, unless a court", 11.0), ("orders it.", 11.0),
)  # fmt: skip


def read(body: bytes, content_type: str = "application/pdf") -> Extraction | Fault:
    return attempted(capture(body, content_type=content_type))


@cache
def many_pages(count: int) -> bytes:
    def page(number: int) -> list[tuple[str, float]]:
        name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        text = [(f"Sentence {line} of {name} says what is done.", 11.0) for line in range(40)]
        return [("Our header", 9.0), *text, (f"Page {number} of {count}", 9.0)]

    return pdf([page(number) for number in range(1, count + 1)])


def test_headings_paragraphs_and_list_items_are_told_apart() -> None:
    found = read(pdf([POLICY], title="Our (policy)"))
    assert isinstance(found, Extraction)
    assert found.title == "Our (policy)"
    assert found.text == (
        "Privacy Policy\n==============\n\n"
        "We keep your name and (sometimes) your address, which we need to deliver what you have bought.\n\n"
        "1\\. Sharing\n-----------\n\n*   With Microsoft, for ads.\n\n*   With nobody else, unless a court orders it.\n"
    )


@pytest.mark.parametrize("content_type", ["application/pdf", "text/html", "application/octet-stream", ""])
def test_a_document_is_known_by_its_bytes(content_type: str) -> None:
    assert isinstance(read(pdf([POLICY]), content_type), Extraction)


def test_a_page_that_is_served_as_a_document_is_read_as_a_page() -> None:
    found = read(b"<!doctype html><main><p>A page, with %PDF- in it.</p></main>")
    assert isinstance(found, Extraction)
    assert found.text == "A page, with %PDF- in it.\n"


def test_a_paragraph_goes_on_overleaf_and_what_stands_on_every_page_is_left_out() -> None:
    pages = [
        [Line(text="Our header", size=9, left=60, top=760, bottom=750), *body, foot(number)]
        for number, body in enumerate(
            [[line("We share your data,", 700)], [line("but only if you agree.", 700)], [line("The end.", 700)]], 1
        )
    ]
    assert to_html(pages) == "<main><p>We share your data, but only if you agree.</p><p>The end.</p></main>"


def line(text: str, bottom: float) -> Line:
    return Line(text=text, size=11, left=60, top=bottom + 11, bottom=bottom)


def foot(number: int) -> Line:
    return Line(text=f"Page {number} of 3", size=9, left=60, top=40, bottom=30)


def test_a_word_that_is_parted_at_the_end_of_a_line_is_joined() -> None:
    assert to_html([[line("person\ufffe", 700), line("al data", 686)]]) == "<main><p>personal data</p></main>"


def test_what_looks_like_markup_in_a_document_is_text() -> None:
    found = read(pdf([[("We use <script>alert(1)</script> and &amp; more of it.", 11.0)]]))
    assert isinstance(found, Extraction)
    assert "alert(1)" in found.text
    assert "&amp;" in found.text or "\\&amp;" in found.text


def test_a_document_of_a_thousand_pages_is_read_whole() -> None:
    found = read(many_pages(1_000))
    assert isinstance(found, Extraction)
    assert found.text.count("Sentence 39 of") == 1_000
    assert "Our header" not in found.text
    assert "Page 7 of" not in found.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(lambda: pdf([POLICY], password=b"secret"), FaultReason.LOGIN, id="a password"),
        pytest.param(scanned, FaultReason.EMPTY, id="scanned"),
        pytest.param(bomb, FaultReason.TOO_LARGE, id="a bomb"),
        pytest.param(lambda: many_pages(2_001), FaultReason.TOO_LARGE, id="more pages than may be"),
        pytest.param(lambda: b"%PDF-1.7 and nothing more", FaultReason.EXTRACTION, id="damaged"),
        pytest.param(lambda: pdf([POLICY])[:-700], FaultReason.EXTRACTION, id="cut off"),
    ],
)
def test_a_document_that_gives_no_text_is_a_fault_with_its_reason(body: object, reason: FaultReason) -> None:
    assert callable(body)
    found = read(body())
    assert isinstance(found, Fault)
    assert found.reason is reason
