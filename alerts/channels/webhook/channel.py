"""The webhook channel: one signed POST for each attempt."""

from collections.abc import Callable, Sequence
from datetime import datetime

from alerts.channels.channel import Receipt
from alerts.channels.hook import Hook
from alerts.channels.webhook.signature import secret_problem, signed_headers
from alerts.delivery import Delivery
from alerts.errors import BadChannel
from alerts.http import TIMEOUT


class WebhookChannel:
    """Posts the event's body, signed, to one address.

    secrets: gives the secrets ("whsec_…"), the current one first; during a rotation the old ones too. Asked at each
    attempt, so that a new secret needs no restart.
    allow_private: the address may be on this machine or network. timeout: seconds for a whole attempt.
    """

    def __init__(
        self,
        name: str,
        url: str,
        secrets: Callable[[], Sequence[str]],
        *,
        allow_private: bool = False,
        timeout: float = TIMEOUT,
    ) -> None:
        self._where = f"channel {name}"
        self._secrets = secrets
        self._hook = Hook(self._where, url, allow_private=allow_private, timeout=timeout)
        self._checked_secrets()

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Post one delivery; any 2xx is a success, a redirect is a failure."""
        headers = signed_headers(self._checked_secrets(), delivery.id, now, delivery.body)
        return self._hook.post(delivery.body.encode(), headers, now)

    def _checked_secrets(self) -> tuple[str, ...]:
        secrets = tuple(self._secrets())
        problem = next(filter(None, map(secret_problem, secrets)), None if secrets else "is missing")
        if problem:
            raise BadChannel(self._where, f"its secret {problem}", 'write "whsec_" before: openssl rand -base64 32')
        return secrets
