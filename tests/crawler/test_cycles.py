import gc

import pytest

from crawler.cycles import SELDOM, seldom_collecting


@seldom_collecting()
def failed_crawl() -> None:
    raise OSError(f"cycles are looked for after {gc.get_threshold()[0]} objects")


def test_cycles_are_looked_for_as_often_as_before_even_after_a_crawl_that_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(OSError, match=f"after {SELDOM} objects"):
        failed_crawl()
    assert gc.get_threshold() == before
