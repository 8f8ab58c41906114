"""An outbox in a database of its own, and messages to put in it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.outbox import Outbox
from diffing.archive import Archive
from diffing.archive.record import Message

NOW = datetime(2025, 9, 18, 6, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def new_outbox(folder: Path) -> Outbox:
    return Outbox(Archive.open(folder / "archive.db"))


def note(name: str, channel: str = "hook", due_at: datetime = NOW) -> Message:
    """A test message; its body names it."""
    body = json.dumps({"type": "test", "timestamp": "2025-09-18T06:00:00Z", "data": {"channel": channel, "name": name}})
    return Message(id=f"evt_{name}", channel=channel, event="test", body=body, due_at=due_at)
