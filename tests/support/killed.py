"""A deliverer that is killed in the middle of a delivery: python -m tests.support.killed ARCHIVE URL STEP.

STEP: "before" the second delivery is sent, or "after" it is sent and before that is written down.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from alerts.channels.channel import Receipt
from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import deliver_due
from alerts.delivery import Delivery
from alerts.outbox import Outbox
from diffing.archive import Archive
from tests.support.outbox import NOW

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Killing:
    """Sends, and ends the process without a word at the second delivery."""

    def __init__(self, url: str, step: str) -> None:
        self.hook = WebhookChannel("hook", url, lambda: [SECRET], allow_private=True)
        self.step = step

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        doomed = delivery.id == "evt_1"
        if doomed and self.step == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        receipt = self.hook.send(delivery, now)
        if doomed:
            os.kill(os.getpid(), signal.SIGKILL)
        return receipt


if __name__ == "__main__":
    database, url, step = sys.argv[1:]
    deliver_due(Outbox(Archive.open(Path(database))), {"hook": Killing(url, step)}, lambda: NOW, "killed")
