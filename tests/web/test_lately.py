"""The report that many ask for at once."""

from datetime import datetime, timedelta
from pathlib import Path

from clausewatch.health.report import Report
from clausewatch.web.lately import FRESH, Lately
from clausewatch.web.serving import site
from tests.support.web import NOW, filled


def test_a_report_is_made_once_in_five_seconds(tmp_path: Path) -> None:
    clock = [NOW]
    looked: list[datetime] = []

    with filled(tmp_path) as over:
        fresh = site(over.config, over.archive, now=lambda: clock[0])

        def look() -> Report:
            looked.append(clock[0])
            return fresh.report()

        lately = Lately(look, fresh.now)
        for seconds in (0, 1, 4):
            clock[0] = NOW + timedelta(seconds=seconds)
            assert lately().at == NOW
        clock[0] = NOW + FRESH
        assert lately().at == NOW + FRESH
    assert looked == [NOW, NOW + FRESH]
