"""Extraction in tests: a page in, its text out, without a network."""

from datetime import UTC, datetime

from crawler.declarations import Declaration, Source
from crawler.declarations.declaration import Filter, Selector
from crawler.extraction import Extraction, extract
from diffing.capture import Capture
from diffing.fault import Fault

URL = "https://www.example.org/legal/privacy"


def capture(
    body: str | bytes, *, content_type: str = "text/html; charset=utf-8", url: str = URL, **headers: str
) -> Capture:
    """A capture of a page, as the crawl would make it."""
    return Capture(
        source=URL,
        url=url,
        status=200,
        fetched_at=datetime(2025, 9, 18, tzinfo=UTC),
        body=body.encode() if isinstance(body, str) else body,
        headers={"content-type": content_type, **headers},
    )


def extracted(
    body: str | bytes | Capture,
    *select: Selector,
    remove: tuple[Selector, ...] = (),
    filters: tuple[Filter, ...] = (),
) -> Extraction:
    """What is extracted from a page; the page's <body> when no selector is given."""
    result = attempted(body, *(select or ("body",)), remove=remove, filters=filters)
    assert isinstance(result, Extraction), result
    return result


def attempted(
    body: str | bytes | Capture,
    *select: Selector,
    remove: tuple[Selector, ...] = (),
    filters: tuple[Filter, ...] = (),
) -> Extraction | Fault:
    """What is extracted from a page, or the fault it is; its main content when no selector is given."""
    source = Source(fetch=URL, select=select, remove=remove, filters=filters)
    declaration = Declaration(service="Example", terms="Privacy Policy", sources=(source,))
    return extract([body if isinstance(body, Capture) else capture(body)], declaration)
