"""PDF documents: read in a process of its own within bounds, and told as HTML like any other page."""

from crawler.extraction.pdf.document import as_html, is_page_for_pdf, is_pdf

__all__ = ["as_html", "is_page_for_pdf", "is_pdf"]
