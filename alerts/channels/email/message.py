"""Build the mail of an event: headers that thread and identify it, plain text first, then HTML. Pure.

Whatever a page wrote is folded to one line before it comes near a header, and escaped in the HTML.
"""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from alerts.clean import clean_line
from alerts.delivery import Delivery
from alerts.note import Note, note_of
from alerts.plain import plain_text
from alerts.redline import as_html

TEMPLATES = Path(__file__).parent / "templates"


def environment(folder: Path | None = None) -> SandboxedEnvironment:
    """Return the sandbox mails are written in. folder: templates of your own, which replace those of the same name."""
    folders = [folder, TEMPLATES] if folder else [TEMPLATES]
    loader = ChoiceLoader([FileSystemLoader(found) for found in folders])
    made = SandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["redline"] = as_html
    return made


def mail(
    delivery: Delivery, now: datetime, *, sender: str, to: str, language: str, templates: SandboxedEnvironment
) -> EmailMessage:
    """Write the mail of a delivery. The same delivery gives the same Message-ID at every attempt.

    sender, to: as in a header, checked by `address_problem`. language: where the event names no reader's language.
    """
    note = note_of(delivery.body, language, now.date())
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = clean_line(note.title)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{delivery.id}.{_hash(to)}@{domain}>"
    message["References"] = f"<document.{_hash(note.document)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Id"] = f"Clausewatch <clausewatch.{domain}>"
    message["List-Unsubscribe"] = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe>"
    message.set_content(_text(note), cte="quoted-printable")
    html = templates.get_template("note.html").render(note=note)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = note.language
    return message


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


def _text(note: Note) -> str:
    return f"{plain_text(note)}\n-- \n{note.words['unsubscribe']}\n"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
