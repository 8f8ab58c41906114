"""The shared corpus of real policy histories, where this checkout has one beside it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "corpus"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus beside the checkout")
