"""The e-mail channel: one mail to one recipient for each delivery, handed to an SMTP server."""

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

from alerts.channels.channel import Receipt
from alerts.channels.email.message import address_problem, mail
from alerts.delivery import Delivery
from alerts.errors import BadChannel, Refused, Unreachable
from alerts.templates import OwnTemplates

Security = Literal["starttls", "tls", "none"]
CLOSING = 421
"""SMTP's reply code for "service not available, closing"."""


class EmailChannel:
    """Hands mails to an SMTP server for one recipient; a group of recipients is a group of channels (decision 0062).

    sender, to: as in a header. security: "starttls" (refused when the server does not offer it), "tls" from the start
    or "none". user, password: to log in with, "" for no log-in; the password is asked for at each attempt.
    language: "en" or "fr", where a subscription names none. templates: a folder whose subject.txt,
    note.txt and note.html replace ours. unsubscribe: the address that ends these mails, "" where no pages are served.
    trust: whom to believe about the server's certificate; the system's authorities when None.
    """

    def __init__(
        self,
        name: str,
        *,
        host: str,
        sender: str,
        to: str,
        port: int = 587,
        security: Security = "starttls",
        user: str = "",
        password: Callable[[], str] = lambda: "",
        language: str = "en",
        templates: Path | None = None,
        unsubscribe: str = "",
        trust: ssl.SSLContext | None = None,
        timeout: float = 20,
    ) -> None:
        self._where = f"channel {name}"
        for key, address in (("sender", sender), ("to", to)):
            if problem := address_problem(address):
                raise BadChannel(self._where, f"its {key} {problem}", "write it as watch@example.org")
        if user and security == "none":
            raise BadChannel(
                self._where, "it would send a password in the clear", 'set security to "starttls" or "tls"'
            )
        self._host, self._port, self._timeout = host, port, timeout
        self._security, self._trust = security, trust
        self._user, self._password = user, password
        self._sender, self._to, self._language = sender, to, language
        self._own, self._unsubscribe = OwnTemplates(templates), unsubscribe

    def send(self, delivery: Delivery, now: datetime) -> Receipt:
        """Hand one mail over; it is delivered when the server has accepted it."""
        message, warning = mail(
            delivery,
            now,
            sender=self._sender,
            to=self._to,
            language=self._language,
            own=self._own,
            unsubscribe=self._unsubscribe,
        )
        with self._told():
            self._hand_over(message)
        return Receipt(detail=f"accepted by {self._host}", warning=warning)

    def _hand_over(self, message: EmailMessage) -> None:
        server = self._connected()
        try:
            if self._security == "starttls":
                server.starttls(context=self._context())
            if self._user:
                server.login(self._user, self._password())
            server.sendmail(parseaddr(self._sender)[1], [parseaddr(self._to)[1]], message.as_bytes())
            with contextlib.suppress(smtplib.SMTPException, OSError):  # it has been accepted; leaving is a courtesy
                server.quit()
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._security == "tls":
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._context())
        return smtplib.SMTP(self._host, self._port, timeout=self._timeout)

    def _context(self) -> ssl.SSLContext:
        return self._trust or ssl.create_default_context()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what smtplib raises into what the deliverer understands. A server's words are not repeated."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise self._refused(code, "the recipient") from error
        except smtplib.SMTPSenderRefused as error:
            raise self._refused(error.smtp_code, "the sender") from error
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(self._where, f"{self._host} refused the log-in", "see user and password") from error
        except smtplib.SMTPNotSupportedError as error:
            what = f"{self._host} does not offer what is needed (STARTTLS, log-in or international addresses)"
            raise BadChannel(self._where, what, "see port and security") from error
        except smtplib.SMTPConnectError as error:
            raise Unreachable(self._where, f"{self._host} answered {error.smtp_code}", "see that it is up") from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, "the mail") from error
        except smtplib.SMTPException as error:
            raise Unreachable(self._where, f"{self._host} broke off", "see its log") from error
        except TimeoutError as error:
            raise Unreachable(self._where, f"{self._host} did not answer in time", "see that it is up") from error
        except ssl.SSLError as error:
            what = f"{self._host} could not be trusted ({error.reason or 'TLS failed'})"
            raise Unreachable(self._where, what, "see its certificate") from error
        except OSError as error:
            what = f"{self._host} could not be reached ({error.strerror or type(error).__name__})"
            raise Unreachable(self._where, what, "see that it is up") from error

    def _refused(self, code: int, what: str) -> Refused:
        kind = Unreachable if code == CLOSING else Refused
        return kind(self._where, f"{self._host} refused {what} ({code})", "see its log")
