"""Extraction: the readable text of some terms, made from the captures of their sources."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.declarations.declaration import Declaration, Source
from crawler.extraction import filters
from crawler.extraction.cleaning import clean, title_of
from crawler.extraction.main_content import main_content
from crawler.extraction.markdown import markdown
from crawler.extraction.normalising import normalise
from crawler.extraction.parsing import parse, too_large
from crawler.extraction.pdf import as_html, is_page_for_pdf, is_pdf
from crawler.extraction.selection import remove, select
from crawler.faults import empty_page, fault_of_page
from crawler.previews import previews
from crawler.standins import fault_of_text
from diffing.capture import Capture
from diffing.fault import Fault
from diffing.warning import TermsWarning, WarningReason

EXTRACTOR = "1"
"""Version of the way from page to text. It must grow whenever the same page would give another text."""

IN_BROWSER = f"{EXTRACTOR} browser"
"""The same way, of a page the browser showed, which gives another text than the bytes of plain HTTP may."""

PREVIEWS = 3
"""Links to terms to come that are told of one page."""

NO_MATCH = "no declared selector matches"

MAX_TEXT = 5_000_000
"""Characters of a text; the longest policy seen has 300,000, and a document of a thousand pages about three million."""

HTML = "text/html"

RULE = "\n\n* * *\n\n"
"""What stands between the parts of terms that are made of several pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The readable text of some terms.

    text: Markdown, one block a line, NFC; never without words. title: of the first page, "" when it has none.
    warnings: e.g. on a selector that matches nothing while another does.
    fallback: the sources, by number, of which the readable main content was taken: no selector matches or is declared.
    """

    text: str
    title: str = ""
    warnings: tuple[TermsWarning, ...] = ()
    fallback: tuple[int, ...] = ()


def extractor_of(captures: Iterable[Capture]) -> str:
    """The version of the way that leads from these captures to their text."""
    return IN_BROWSER if any(capture.by_browser for capture in captures) else EXTRACTOR


def extract(captures: Sequence[Capture], declaration: Declaration, *, main: Collection[int] = ()) -> Extraction | Fault:
    """Make the text of some terms from the captures of their sources, given in the declared order.

    main: sources, by number, of which the readable main content is to be taken whatever their selectors match.
    The result is a Fault when one of the pages gives no text to be trusted: block page, log-in, not text, empty …
    Same input, same output.
    """
    parts = []
    for number, (capture, source) in enumerate(zip(captures, declaration.sources, strict=True)):
        part = _part(capture, source, number, as_main=number in main)
        if isinstance(part, Fault):
            return part
        parts.append(part)
    return Extraction(
        text=RULE.join(part.text.rstrip("\n") for part in parts) + "\n",
        title=parts[0].title,
        warnings=tuple(warning for part in parts for warning in part.warnings),
        fallback=tuple(number for part in parts for number in part.fallback),
    )


def extract_fragment(html: str, url: str) -> str:
    """The text of a piece of HTML, such as a feed carries; "" when it has no words, or is none we would read."""
    page = Capture(source=url, url=url, status=200, fetched_at=datetime.min, body=html.encode("utf-8", "replace"))
    soup = parse(page)
    if isinstance(soup, Fault):
        return ""
    clean(soup, url)
    return normalise(markdown([soup]))


def _part(capture: Capture, source: Source, number: int, *, as_main: bool) -> Extraction | Fault:
    if is_pdf(capture):
        return _of_pdf(capture)
    if is_page_for_pdf(capture):
        capture = replace(capture, headers={**capture.headers, "content-type": HTML})
    soup = parse(capture)
    if isinstance(soup, Fault):
        return soup
    fault = fault_of_page(capture, soup)
    if fault is not None:
        return fault
    title = title_of(soup)
    unknown = filters.apply(source.filters, soup, capture.url)
    clean(soup, capture.url)
    coming = previews(soup, capture.url)
    remove(soup, source.remove)
    matches = [(selector, select(soup, selector)) for selector in source.select]
    picked = [] if as_main else [tag for _, tags in matches for tag in tags]
    warnings = _warnings(capture, source, [str(selector) for selector, tags in matches if not tags], unknown)
    warnings += tuple(_preview(address, capture.url) for address in coming[:PREVIEWS])
    text = normalise(markdown(picked or [main_content(soup)]))
    if not text:
        return empty_page(capture.url, has_browser=bool(source.browser))
    if len(text) > MAX_TEXT:
        return too_large(capture.url)
    if stand_in := fault_of_text(text, capture.url):
        return stand_in
    return Extraction(text=text, title=title, warnings=warnings, fallback=() if picked else (number,))


def _preview(address: str, url: str) -> TermsWarning:
    return TermsWarning(
        reason=WarningReason.PREVIEW,
        where=address,
        what=f"looks like terms to come, which {url} links to",
        todo="watch it: `clausewatch targets add ADDRESS --terms TYPE --service NAME`",
    )


def _of_pdf(capture: Capture) -> Extraction | Fault:
    """The text of a PDF document, to which no selector applies."""
    told = as_html(capture)
    if isinstance(told, Fault):
        return told
    page = parse(
        replace(capture, body=told.encode("utf-8", "replace"), headers={"content-type": f"{HTML}; charset=utf-8"})
    )
    if isinstance(page, Fault):
        return page
    text = normalise(markdown(list(page.select("main"))))
    return Extraction(text=text, title=title_of(page)) if text else empty_page(capture.url, has_browser=True)


def _warnings(
    capture: Capture, source: Source, unmatched: Sequence[str], unknown: Sequence[str]
) -> tuple[TermsWarning, ...]:
    def warning(reason: WarningReason, what: str, todo: str) -> TermsWarning:
        return TermsWarning(reason=reason, where=capture.url, what=what, todo=todo)

    if source.select and len(unmatched) == len(source.select):
        todo = "correct them (`clausewatch targets suggest` proposes some)"
        said = [warning(WarningReason.SELECTORS, f"{NO_MATCH}; the main content was taken instead", todo)]
    else:
        todo = "correct it or remove it"
        said = [warning(WarningReason.SELECTOR, f'selector "{name}" matches nothing', todo) for name in unmatched]
    todo = "say in filters.toml what it does"
    return (
        *said,
        *(warning(WarningReason.FILTER, f'filter "{name}" is unknown and was not run', todo) for name in unknown),
    )
