"""The Apprise channel: a note as plain text, handed to the service an Apprise address names.

Apprise makes its own connections, so the gate of `alerts.http` does not hold here: we look the host up and judge its
addresses right before each attempt, and let Apprise follow no redirect.
"""

import logging
import socket
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from apprise import Apprise, AppriseAsset, NotifyFormat

from alerts.addresses import forbidden_address
from alerts.calm import calm, calmed
from alerts.channels.channel import Receipt
from alerts.delivery import Delivery
from alerts.errors import BadChannel, Unreachable
from alerts.note import Note, note_of
from alerts.plain import plain_text
from alerts.shorten import shorten
from alerts.templates import OwnTemplates
from alerts.trimming import fitted

TIMEOUT: Final = 10.0
"""Seconds to connect, and seconds to wait for an answer."""
HEAD: Final = 300
"""Characters kept free for the title, which Apprise puts into the text of services that have none."""

_LOG = logging.getLogger("apprise")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False  # it speaks of addresses, which hold secrets


class AppriseChannel:
    """Sends notes through Apprise.

    url: an Apprise address ("ntfys://ntfy.sh/topic"); it holds the secret. allow_private: its host may be private.
    language: "en" or "fr", where a subscription names none. templates: a folder whose note.txt replaces ours.
    Raises BadChannel for an address Apprise cannot use.
    """

    def __init__(
        self, name: str, url: str, *, allow_private: bool = False, language: str = "en", templates: Path | None = None
    ) -> None:
        self._where = f"channel {name}"
        self._own = OwnTemplates(templates)
        self._allow_private = allow_private
        self._language = language
        asset = AppriseAsset(async_mode=False, http_redirects=False, interpret_escapes=False, interpret_emojis=False)
        service: Any = Apprise.instantiate(url, asset=asset)
        if service is None:
            raise BadChannel(self._where, "its url is none Apprise knows", "see https://appriseit.com/services/")
        service.socket_connect_timeout = service.socket_read_timeout = TIMEOUT
        service.redirects = False
        service.request_rate_per_sec = 0  # it would sleep for seconds between two; `limit` of the config paces instead
        self._service = service

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Send one alert. Apprise says no more than yes or no: a no is Unreachable."""
        self._check_host()
        note = note_of(delivery.body, self._language, now.date())
        name = str(self._service.service_name)
        body, warning = self._own.write(
            "note.txt", note, lambda: self._body(note), lambda own: self._cut(calmed(own, note))
        )
        try:
            done = self._service.notify(title=self._title(note), body=body, body_format=NotifyFormat.TEXT)
        except (OSError, TypeError, ValueError) as error:
            raise Unreachable(self._where, f"{name} could not be asked", "see its url in the config") from error
        if not done:
            raise Unreachable(self._where, f"{name} did not take it", "see its url, and that the service is up")
        return Receipt(detail=f"taken by {name}", warning=warning)

    def _title(self, note: Note) -> str:
        title = calm(note.title)
        return shorten(title, self._service.title_maxlen) if self._service.title_maxlen else title

    def _body(self, note: Note) -> str:
        return self._cut(
            fitted(
                note,
                lambda trimmed: calmed(plain_text(trimmed, titled=False), trimmed),
                lambda text: len(text) <= self._room,
            )
        )

    def _cut(self, body: str) -> str:
        return shorten(body, self._room)

    @property
    def _room(self) -> int:
        return int(self._service.body_maxlen) - (0 if self._service.title_maxlen else HEAD)

    def _check_host(self) -> None:
        """Refuse a host that stands for a private address. A service of one fixed host names none, or an id."""
        host = str(getattr(self._service, "host", "") or "")
        if self._allow_private or not host or not any("{host}" in form for form in self._service.templates):
            return
        try:
            answers = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable(self._where, "its host cannot be looked up", "see its url") from error
        if any(forbidden_address(str(answer[4][0])) for answer in answers):
            todo = "correct url, or set allow_private = true if it is your own machine or network"
            raise BadChannel(self._where, "its host stands for a private address", todo)
