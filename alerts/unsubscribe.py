"""Unsubscribe: a token that lets whoever has it end the alerts to one recipient, and nothing else. Pure.

The token names the endpoint and carries an HMAC-SHA256 over it, so that nobody can make one for somebody else. It does
not run out: a mail of last year must still be able to unsubscribe (RFC 8058).
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final

MAC: Final = 16
"""Bytes of the HMAC that are kept: 128 bits."""
MAX_TOKEN: Final = 1000
"""Characters; a longer one is none of ours."""
PURPOSE: Final = b"clausewatch unsubscribe\0"


def token_of(endpoint: str, key: bytes) -> str:
    """Write the token of an endpoint ("mail/ana@example.org"), fit for an address."""
    name = endpoint.encode()
    return base64.urlsafe_b64encode(_mac(name, key) + name).decode().rstrip("=")


def endpoint_of(token: str, key: bytes) -> str | None:
    """Return the endpoint a token is for; None for a token that was not made with this key.

    >>> endpoint_of(token_of("mail/ana@example.org", b"key"), b"key")
    'mail/ana@example.org'
    >>> endpoint_of(token_of("mail/ana@example.org", b"key"), b"other") is None
    True
    """
    if len(token) > MAX_TOKEN or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        mac, name = raw[:MAC], raw[MAC:]
        return name.decode() if hmac.compare_digest(mac, _mac(name, key)) else None
    except (binascii.Error, UnicodeDecodeError):
        return None


def _mac(name: bytes, key: bytes) -> bytes:
    return hmac.new(key, PURPOSE + name, hashlib.sha256).digest()[:MAC]
