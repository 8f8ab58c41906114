"""Declarations: the JSON files that say where terms are and which part of the page counts.

The format is the Open Terms Archive's, read unmodified; our own keys sit under one key, `watch`.
"""

from crawler.declarations.ad_hoc import ad_hoc
from crawler.declarations.collection import Declarations
from crawler.declarations.declaration import Declaration, Filter, Range, Selector, Source, Watch
from crawler.declarations.files import load
from crawler.declarations.filtering import UserFilters, user_filters
from crawler.declarations.readiness import Finding, Readiness, check

__all__ = [
    "Declaration",
    "Declarations",
    "Filter",
    "Finding",
    "Range",
    "Readiness",
    "Selector",
    "Source",
    "UserFilters",
    "Watch",
    "ad_hoc",
    "check",
    "load",
    "user_filters",
]
