"""Access: who may write. Whoever has the token; their browser shows a cookie that only the token could have made."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final

from clausewatch.web.tries import WINDOW, Tries
from clausewatch.web.visit import Signed

COOKIE: Final = "clausewatch"
STAY: Final = timedelta(days=7)
"""How long a reader stays signed in."""
RETRY: Final = {"Retry-After": str(int(WINDOW.total_seconds()))}
"""Tells whoever tried too often when to come again."""
LONGEST_NAME: Final = 80
"""Characters of a reader's name."""


class TooManyTries(Exception):  # noqa: N818 - an answer, not a failure
    """Too many wrong tokens came from one address; it may try again in a minute."""


class Access:
    """Checks tokens, cookies and what forms bring along. Every comparison takes the same time whatever is compared.

    Without a token in the configuration nobody may write.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._tries = Tries()

    @property
    def possible(self) -> bool:
        """Whether anybody may write at all."""
        return bool(self._token)

    def right(self, token: str, *, address: str, now: datetime) -> bool:
        """Whether this is the token. address: where it comes from. Raises TooManyTries, whether it is right or not."""
        if self._tries.spent(address, now):
            raise TooManyTries
        right = self.possible and _same(self._made("token", token, key=b""), self._made("token", self._token, key=b""))
        if not right:
            self._tries.wrong(address, now)
        return right

    def cookie(self, name: str, now: datetime) -> str:
        """What a browser is given after it has shown the token: until when, who, and proof."""
        until = str(int((now + STAY).timestamp()))
        body = f"{until}.{name[:LONGEST_NAME].encode('utf-8', 'replace').hex()}.{secrets.token_hex(8)}"
        return f"{body}.{self._made('cookie', body)}"

    def signed(self, cookie: str, now: datetime) -> Signed | None:
        """Who shows this cookie; None when it is not ours or too old."""
        body, _, proof = cookie.rpartition(".")
        if not self.possible or not _same(proof, self._made("cookie", body)):
            return None
        until, name, _ = body.split(".")
        if datetime.fromtimestamp(int(until), UTC) <= now:
            return None
        return Signed(csrf=self._made("form", cookie), name=bytes.fromhex(name).decode())

    def sent_by(self, signed: Signed, csrf: str) -> bool:
        """Whether a form was sent from a page that this very reader was shown."""
        return _same(csrf, signed.csrf)

    def _made(self, purpose: str, text: str, *, key: bytes | None = None) -> str:
        secret = self._token.encode() if key is None else key
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.new(secret, message, hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def same_origin(headers: dict[str, str], host: str) -> bool:
    """Whether a form comes from our own page, by what browsers say; where they say nothing the form must prove it.

    >>> same_origin({"sec-fetch-site": "cross-site"}, "a.test"), same_origin({"origin": "http://a.test"}, "a.test")
    (False, True)
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or origin.partition("://")[2].casefold() == host.casefold()
