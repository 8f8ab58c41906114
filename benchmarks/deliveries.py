"""Deliveries a second to one local endpoint, four at once: python -m benchmarks.deliveries [ALERTS]."""

import sys
import tempfile
import time
from pathlib import Path

from alerts.channels.webhook import WebhookChannel
from alerts.deliverer import deliver_due
from tests.support.outbox import NOW, new_outbox, note
from tests.support.receiver import receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

if __name__ == "__main__":
    alerts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder, receiving() as receiver:
        outbox = new_outbox(Path(folder))
        outbox.add([note(str(number)) for number in range(alerts)], NOW)
        hook = WebhookChannel(
            "hook", receiver.url, lambda: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], allow_private=True
        )
        began = time.perf_counter()
        done = deliver_due(outbox, {"hook": hook}, lambda: NOW, "benchmark")
        took = time.perf_counter() - began
        print(f"{done.delivered} delivered in {took:.1f} s: {done.delivered / took:.0f} a second")
