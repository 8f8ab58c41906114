"""A deliverer that is killed in the middle of its work: python -m tests.support.killed ARCHIVE URL STEP.

STEP: "before" the second delivery is sent; "after" it is sent and before that is written down; "digest" while a digest
is made, before that is kept; "digested" when a digest is made and before it is sent.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlite_utils

from alerts.channels.channel import Receipt
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import deliver_due
from alerts.delivery import Delivery
from alerts.outbox import Outbox
from diffing.archive import Archive
from tests.support.outbox import NOW

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Killing:
    """Sends, and ends the process without a word at the second delivery, or before a digest."""

    def __init__(self, url: str, step: str) -> None:
        self.hook = WebhookChannel("hook", url, lambda: [SECRET], allow_private=True)
        self.step = step

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        doomed = delivery.id == "evt_1"
        if (doomed and self.step == "before") or (delivery.event == "digest" and self.step == "digested"):
            die()
        receipt = self.hook.send(delivery, now)
        if doomed:
            die()
        return receipt


class Dying:
    """A store that ends the process when a transaction that made a digest is about to be kept."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.reading = archive.reading

    @contextmanager
    def writing(self) -> Iterator[sqlite_utils.Database]:
        with self.archive.writing() as database:
            yield database
            if database.execute("SELECT 1 FROM outbox WHERE state = 'digested' LIMIT 1").fetchone():
                die()


if __name__ == "__main__":
    path, url, step = sys.argv[1:]
    archive = Archive.open(Path(path))
    now = NOW + timedelta(days=1) if step.startswith("digest") else NOW
    store = Dying(archive) if step == "digest" else archive
    deliver_due(Outbox(store), {"hook": Killing(url, step)}, lambda: now, "killed")
