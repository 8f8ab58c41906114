"""A PDF document as the HTML of its text, or the fault it is."""

import html
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from crawler.extraction.pdf.layout import Line, to_html
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason

MAGIC = b"%PDF-"
WITHIN = 1024
"""Bytes at the beginning of a document in which its sign may stand, after the standard."""
MAX_SECONDS = 30.0
"""Until the reader is killed; its own bound on processor time comes first."""
SCANNED = 12
"""Characters a page, on average, below which a document is taken for pictures of its pages."""

_WORKER = Path(__file__).with_name("worker.py")
_TROUBLES: Mapping[str, tuple[FaultReason, str, str]] = MappingProxyType(
    {
        "password": (FaultReason.LOGIN, "the PDF document asks for a password", "declare one that is open to read"),
        "broken": (FaultReason.EXTRACTION, "the PDF document is damaged", "open it and look; tell the publisher"),
        "large": (FaultReason.TOO_LARGE, "the PDF document takes more pages, time or memory than it may",
                  "declare a smaller document"),
        "scanned": (FaultReason.EMPTY, "the PDF document holds pictures of pages and no text (it was scanned)",
                    "declare a document with text; pictures are not read"),
    }
)  # fmt: skip


def is_pdf(capture: Capture) -> bool:
    """Whether the bytes are a PDF document, whatever the address and the content type say."""
    return MAGIC in capture.body[:WITHIN] and not _is_markup(capture)


def is_page_for_pdf(capture: Capture) -> bool:
    """Whether a server calls a page a PDF document: it stands at such an address."""
    return capture.headers.get("content-type", "").startswith("application/pdf") and _is_markup(capture)


def _is_markup(capture: Capture) -> bool:
    return capture.body[:WITHIN].lstrip().startswith(b"<")


def as_html(capture: Capture) -> str | Fault:
    """The document's text as HTML: headings, paragraphs and list items in one <main>. Same bytes, same HTML."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_WORKER)], input=capture.body, capture_output=True, timeout=MAX_SECONDS,
            check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _fault(capture, "large")
    if done.returncode != 0:  # killed for what it took, or PDFium gave up for want of memory
        return _fault(capture, "large")
    found: dict[str, Any] = json.loads(done.stdout)
    if "trouble" in found:
        return _fault(capture, found["trouble"])
    pages = [[_line(*values) for values in page] for page in found["lines"]]
    if sum(len(line.text) for page in pages for line in page) < SCANNED * max(len(pages), 1):
        return _fault(capture, "scanned")
    return f"<title>{html.escape(found['title'])}</title>{to_html(pages)}"


def _line(text: str, size: float, left: float, top: float, bottom: float) -> Line:
    return Line(text=text, size=size, left=left, top=top, bottom=bottom)


def _fault(capture: Capture, trouble: str) -> Fault:
    reason, what, todo = _TROUBLES[trouble]
    return Fault(reason=reason, where=capture.url, what=what, todo=todo)
