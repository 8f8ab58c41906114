"""Chromium in tests: they skip with a word where it is not installed."""

import pytest

from crawler.browser.chromium import find

needs_chromium = pytest.mark.skipif(find() is None, reason="Chromium is not installed")
