"""Extraction: from the bytes of captures to the readable text of a version. Pure: no network, file or clock.

Parse once, filters, absolute links, drop what is no text, `remove`, `select` selector by selector, Markdown. When no
declared selector matches any more, the readable main content is taken instead, and the extraction says so.
"""

from crawler.extraction.extraction import EXTRACTOR, IN_BROWSER, Extraction, extract, extract_fragment, extractor_of

__all__ = ["EXTRACTOR", "IN_BROWSER", "Extraction", "extract", "extract_fragment", "extractor_of"]
