"""Extraction: the readable text of some terms, made from the captures of their sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.declarations.declaration import Declaration, Source
from crawler.extraction import filters
from crawler.extraction.cleaning import clean, title_of
from crawler.extraction.main_content import main_content
from crawler.extraction.markdown import markdown
from crawler.extraction.normalising import normalise
from crawler.extraction.parsing import parse
from crawler.extraction.selection import remove, select
from crawler.faults import empty_page, fault_of_page
from diffing.capture import Capture
from diffing.fault import Fault

EXTRACTOR = "1"
"""Version of the way from page to text. It must grow whenever the same page would give another text."""

RULE = "\n\n* * *\n\n"
"""What stands between the parts of terms that are made of several pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The readable text of some terms.

    text: Markdown, one block a line, NFC; never without words. title: of the first page, "" when it has none.
    warnings: sentences, e.g. on a selector that matches nothing while another does.
    fallback: of at least one page the readable main content was taken, because no selector matches or is declared.
    """

    text: str
    title: str = ""
    warnings: tuple[str, ...] = ()
    fallback: bool = False


def extract(captures: Sequence[Capture], declaration: Declaration) -> Extraction | Fault:
    """Make the text of some terms from the captures of their sources, given in the declared order.

    The result is a Fault when one of the pages gives no text to be trusted: block page, log-in, not text, empty …
    Same input, same output.
    """
    parts = []
    for capture, source in zip(captures, declaration.sources, strict=True):
        part = _part(capture, source)
        if isinstance(part, Fault):
            return part
        parts.append(part)
    return Extraction(
        text=RULE.join(part.text.rstrip("\n") for part in parts) + "\n",
        title=parts[0].title,
        warnings=tuple(warning for part in parts for warning in part.warnings),
        fallback=any(part.fallback for part in parts),
    )


def extract_fragment(html: str, url: str) -> str:
    """The text of a piece of HTML, such as a feed carries; "" when it has no words, or is none we would read."""
    page = Capture(source=url, url=url, status=200, fetched_at=datetime.min, body=html.encode("utf-8", "replace"))
    soup = parse(page)
    if isinstance(soup, Fault):
        return ""
    clean(soup, url)
    return normalise(markdown([soup]))


def _part(capture: Capture, source: Source) -> Extraction | Fault:
    soup = parse(capture)
    if isinstance(soup, Fault):
        return soup
    fault = fault_of_page(capture, soup)
    if fault is not None:
        return fault
    title = title_of(soup)
    unknown = filters.apply(source.filters, soup, capture.url)
    clean(soup, capture.url)
    remove(soup, source.remove)
    matches = [(selector, select(soup, selector)) for selector in source.select]
    picked = [tag for _, tags in matches for tag in tags]
    warnings = _warnings(capture, source, [str(selector) for selector, tags in matches if not tags], unknown)
    text = normalise(markdown(picked or [main_content(soup)]))
    if not text:
        return empty_page(capture.url, has_browser=source.browser)
    return Extraction(text=text, title=title, warnings=warnings, fallback=not picked)


def _warnings(capture: Capture, source: Source, unmatched: Sequence[str], unknown: Sequence[str]) -> tuple[str, ...]:
    if source.select and len(unmatched) == len(source.select):
        said = [f"{capture.url}: no declared selector matches; the main content was taken instead; correct them"]
    else:
        said = [f'{capture.url}: selector "{name}" matches nothing; correct it or remove it' for name in unmatched]
    return (*said, *(f'{capture.url}: filter "{name}" is unknown and was not run' for name in unknown))
