"""Suggesting: which selectors pick, on a page as it is now, the text that was read before. Pure."""

from crawler.suggesting.suggestion import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
