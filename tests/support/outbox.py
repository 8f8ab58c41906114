"""An outbox in a database of its own, and messages to put in it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.outbox import Outbox
from diffing.archive.connection import Connection
from diffing.archive.record import Message
from diffing.archive.schema import migrations

NOW = datetime(2025, 9, 18, 6, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def open_store(path: Path) -> Connection:
    store = Connection(path, wait_ms=5000)
    store.configure()
    migrations.apply(store.database)
    return store


def new_outbox(folder: Path) -> Outbox:
    return Outbox(open_store(folder / "archive.db"))


def note(name: str, channel: str = "hook", due_at: datetime = NOW) -> Message:
    """A test message; its body names it."""
    body = json.dumps({"type": "test", "timestamp": "2025-09-18T06:00:00Z", "data": {"channel": channel, "name": name}})
    return Message(id=f"evt_{name}", channel=channel, event="test", body=body, due_at=due_at)
