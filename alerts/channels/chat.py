"""What the channels of chat services have in common: a note, written in the service's form, posted to its webhook."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from alerts.channels.channel import Receipt
from alerts.channels.hook import Hook
from alerts.delivery import Delivery
from alerts.http import TIMEOUT
from alerts.note import Note, note_of

GONE: Final = frozenset({404, 410})
"""A hook of a chat service that does not exist any more; these services answer 404 for it."""

Payload = Mapping[str, Any]
"""What is posted, as JSON values."""


class ChatChannel:
    """Posts notes to a chat service's incoming webhook.

    url: of the webhook; it holds the secret. form: the note as the service wants it, within the service's limits.
    language: "en" or "fr", where a subscription names none. The rest is as in `Hook`.
    """

    def __init__(
        self,
        name: str,
        url: str,
        form: Callable[[Note], Payload],
        *,
        language: str = "en",
        allow_private: bool = False,
        timeout: float = TIMEOUT,
    ) -> None:
        self._form = form
        self._language = language
        self._hook = Hook(f"channel {name}", url, allow_private=allow_private, timeout=timeout, gone=GONE)

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Post one alert as one message."""
        payload = self._form(note_of(delivery.body, self._language, now.date()))
        return self._hook.post(json.dumps(payload).encode(), {}, now)
