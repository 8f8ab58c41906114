"""What the channels of chat services have in common: a note, written in the service's form, posted to its webhook."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alerts.channels.channel import Receipt
from alerts.channels.hook import Hook
from alerts.delivery import Delivery
from alerts.http import TIMEOUT
from alerts.note import Note, note_of
from alerts.templates import OwnTemplates

GONE: Final = frozenset({404, 410})
"""A hook of a chat service that does not exist any more; these services answer 404 for it."""

Payload = Mapping[str, Any]
"""What is posted, as JSON values."""


class ChatChannel:
    """Posts notes to a chat service's incoming webhook.

    url: of the webhook; it holds the secret. form: the note as the service wants it, within the service's limits.
    language: "en" or "fr", where a subscription names none. templates: a folder whose message.json replaces
    ours. The rest is as in `Hook`.
    """

    def __init__(
        self,
        name: str,
        url: str,
        form: Callable[[Note], Payload],
        *,
        language: str = "en",
        templates: Path | None = None,
        allow_private: bool = False,
        timeout: float = TIMEOUT,
    ) -> None:
        self._form = form
        self._own = OwnTemplates(templates)
        self._language = language
        self._hook = Hook(f"channel {name}", url, allow_private=allow_private, timeout=timeout, gone=GONE)

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Post one alert as one message."""
        note = note_of(delivery.body, self._language, now.date())
        payload, warning = self._own.write("message.json", note, lambda: self._form(note), _payload)
        return replace(self._hook.post(json.dumps(payload).encode(), {}, now), warning=warning)


def _payload(text: str) -> Payload:
    """Read what a template wrote. Raises ValueError unless it is a JSON object."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"is no JSON ({error})") from error
    if not isinstance(found, dict):
        raise ValueError("is no JSON object")
    return found
