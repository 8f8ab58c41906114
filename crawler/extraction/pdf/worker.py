"""The process that reads one PDF document: from stdin, to stdout as JSON, within bounds of its own.

A PDF can ask its reader for any amount of work. So the reader is a process that can be killed, and holds no more memory
and time than it may. It is run as a file and imports nothing of this project.
"""

import json
import resource
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MAX_MEMORY = 1_500_000_000
"""Bytes of address space; a policy of 1,000 pages takes 150 MB."""
MAX_SECONDS = 15
"""Of processor time; 1,000 pages take about two."""
MAX_PAGES = 2_000
MAX_CHARACTERS = 8_000_000

HYPHEN = "\ufffe"
"""What PDFium puts where a word is hyphenated at the end of a line."""


def main() -> None:
    """Read, and say what was found: {"lines": pages of [text, size, left, top, bottom]} or {"trouble": word}."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)


def _read(body: bytes) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return {"trouble": "password" if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else "broken"}
    if len(document) > MAX_PAGES:
        return {"trouble": "large"}
    pages, left = [], MAX_CHARACTERS
    for number in range(len(document)):
        lines = _lines(document, number)
        left -= sum(len(line[0]) for line in lines)
        if left < 0:
            return {"trouble": "large"}
        pages.append(lines)
    return {"lines": pages, "title": document.get_metadata_value("Title")}


def _lines(document: Any, number: int) -> list[tuple[str, float, float, float, float]]:
    """The lines of a page in reading order; of a page that cannot be read, none."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    found, start = [], 0
    for line in text.get_text_range().split("\n"):
        words = line.strip()
        if words:
            at = start + line.index(words[0])
            left, bottom, _, top = text.get_charbox(at, loose=True)
            size = pdfium.FPDFText_GetFontSize(text, at) * _scale(text, at)
            found.append((words, round(size, 1), round(left, 1), round(top, 1), round(bottom, 1)))
        start += len(line) + 1
    text.close()
    page.close()
    return found


def _scale(text: Any, index: int) -> float:
    """How much the text matrix enlarges the font: many writers give every font the size 1."""
    matrix = pdfium.FS_MATRIX()
    return abs(matrix.d) or 1.0 if pdfium.FPDFText_GetMatrix(text, index, matrix) else 1.0


if __name__ == "__main__":
    main()
