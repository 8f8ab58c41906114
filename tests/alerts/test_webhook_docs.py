"""docs/webhook.md says what the code does."""

from pathlib import Path

from alerts.channels.hook import OVERLOADED
from alerts.event import EventType
from alerts.http import TIMEOUT
from alerts.payload import MAX_URL
from alerts.schedule import DELAYS
from tests.support.schema import SCHEMA

TEXT = (Path(__file__).parents[2] / "docs" / "webhook.md").read_text(encoding="utf-8")


def test_every_type_that_is_sent_is_documented_and_in_the_schema() -> None:
    sent = set(EventType)
    assert {name for name in EventType if f"| `{name}` |" in TEXT} == sent
    assert set(SCHEMA["properties"]["type"]["enum"]) == sent


def test_the_numbers_are_those_of_the_code() -> None:
    said = "0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h"
    assert said in TEXT
    units = {"s": 1, "min": 60, "h": 3600}
    parts = [part.split() for part in said.replace(" and", ",").split(", ")]
    assert [int(number) * units[unit] for number, unit in parts] == [delay.total_seconds() for delay in DELAYS]
    assert f"within {TIMEOUT:.0f} seconds" in TEXT
    assert f"{MAX_URL:,} bytes" in TEXT
    assert ", ".join(map(str, sorted(OVERLOADED))) in TEXT
