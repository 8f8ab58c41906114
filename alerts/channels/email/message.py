"""Build the mail of an event: headers that thread and identify it, plain text first, then HTML. Pure.

Whatever a page wrote is folded to one line before it comes near a header, and escaped in the HTML.
"""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Final

from alerts.clean import clean_line
from alerts.delivery import Delivery
from alerts.note import Note, note_of
from alerts.plain import plain_text
from alerts.shorten import shorten
from alerts.templates import OwnTemplates, sandbox
from alerts.trimming import fitted

MAX_HTML: Final = 90_000
"""Characters of the HTML; Gmail hides what is beyond 102 kB."""
MAX_SUBJECT: Final = 200
_OURS = sandbox(Path(__file__).parent / "templates")


def mail(
    delivery: Delivery,
    now: datetime,
    *,
    sender: str,
    to: str,
    language: str,
    own: OwnTemplates,
    unsubscribe: str = "",
) -> tuple[EmailMessage, str]:
    """Write the mail of a delivery. The same delivery gives the same Message-ID at every attempt.

    sender, to: as in a header, checked by `address_problem`. language: where the event names no reader's language.
    own: templates that replace ours: subject.txt, note.txt, note.html. unsubscribe: the address that ends these mails
    at one click, "" where no pages are served. Returns a warning about the templates too, "" when all is well.
    """
    note = note_of(delivery.body, language, now.date())
    html, bad_html = own.write("note.html", note, lambda: _html(note, unsubscribe), str)
    text, bad_text = own.write("note.txt", note, lambda: plain_text(note), str)
    subject, bad_subject = own.write("subject.txt", note, lambda: note.title, str)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = shorten(clean_line(subject), MAX_SUBJECT)
    message["Date"] = format_datetime(now)
    _identify(message, delivery, note, sender=sender, to=to)
    _let_go(message, sender=sender, unsubscribe=unsubscribe)
    message.set_content(f"{text}\n-- \n{_unsubscribing(note, unsubscribe)}\n", cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = note.language
    return message, bad_html or bad_text or bad_subject


def _identify(message: EmailMessage, delivery: Delivery, note: Note, *, sender: str, to: str) -> None:
    """Name the mail, and the thread of all mails about one document."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{delivery.id}.{_hash(to)}@{domain}>"
    message["References"] = f"<document.{_hash(note.document)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"Clausewatch <clausewatch.{domain}>"


def _let_go(message: EmailMessage, *, sender: str, unsubscribe: str) -> None:
    """Say how to end these mails: by a mail (RFC 2369), and at one click (RFC 8058)."""
    by_mail = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe>"
    message["List-Unsubscribe"] = f"<{unsubscribe}>, {by_mail}" if unsubscribe else by_mail
    if unsubscribe:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _html(note: Note, unsubscribe: str) -> str:
    template = _OURS.get_template("note.html")
    return fitted(
        note,
        lambda trimmed: template.render(note=trimmed, unsubscribe=unsubscribe),
        lambda html: len(html) <= MAX_HTML,
    )


def _unsubscribing(note: Note, unsubscribe: str) -> str:
    return f"{note.words['unsubscribe_at']}\n{unsubscribe}" if unsubscribe else note.words["unsubscribe"]


def address_problem(address: str) -> str | None:
    """Say why a mail address cannot stand in a header; None when it can.

    >>> address_problem("Watch <watch@example.org>") is None
    True
    >>> address_problem("a@example.org\\r\\nBcc: b@example.org")
    'contains a line break or control character'
    """
    if clean_line(address) != address:
        return "contains a line break or control character"
    found = parseaddr(address)[1]
    local, _, domain = found.rpartition("@")
    if not local or not domain or " " in found or not domain.isascii():
        return "is no mail address"
    return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
