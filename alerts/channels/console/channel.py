"""The console channel: each alert as plain text on a stream."""

import threading
from datetime import datetime
from pathlib import Path
from typing import TextIO

from alerts.channels.channel import Receipt
from alerts.clean import clean
from alerts.delivery import Delivery
from alerts.errors import Unreachable
from alerts.note import note_of
from alerts.plain import plain_text
from alerts.templates import OwnTemplates


class ConsoleChannel:
    """Writes each alert to a stream, whole and flushed, with everything a terminal would obey taken out.

    stream: where to, e.g. standard error. language: "en" or "fr", where a subscription names none. templates: a folder
    whose note.txt replaces ours.
    """

    def __init__(self, name: str, stream: TextIO, *, language: str = "en", templates: Path | None = None) -> None:
        self._where = f"channel {name}"
        self._stream = stream
        self._language = language
        self._own = OwnTemplates(templates)
        self._lock = threading.Lock()

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Write one alert. Raises Unreachable when the stream is closed or takes nothing."""
        note = note_of(delivery.body, self._language, now.date())
        told, warning = self._own.write("note.txt", note, lambda: plain_text(note), str)
        text = clean(told) + "\n\n"  # two empty lines between alerts
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        try:
            with self._lock:
                self._stream.write(text.encode(encoding, "replace").decode(encoding))
                self._stream.flush()
        except (OSError, ValueError) as error:  # ValueError: the stream is closed
            raise Unreachable(self._where, "its stream takes nothing", "see where the output goes") from error
        return Receipt(detail="written", warning=warning)
