"""Sign after Standard Webhooks 1.0.0.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret, as the standard wants it."""


def secret_problem(secret: str) -> str | None:
    """Say what is wrong with a secret, without showing it; None when it is good.

    >>> secret_problem("whsec_" + base64.b64encode(bytes(24)).decode()) is None
    True
    >>> secret_problem("hunter2")
    'does not begin with whsec_'
    """
    if not secret.startswith(PREFIX):
        return f"does not begin with {PREFIX}"
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return f"is not base64 after {PREFIX}"
    if not SHORTEST <= len(key) <= LONGEST:
        return f"has {len(key)} bytes; the standard wants {SHORTEST} to {LONGEST}"
    return None


def signed_headers(secrets: Sequence[str], message_id: str, at: datetime, body: str) -> dict[str, str]:
    """Return the three headers of a signed webhook; one signature for each secret, the first is the current one."""
    moment = at.astimezone(UTC)
    signatures = (Webhook(secret).sign(message_id, moment, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
