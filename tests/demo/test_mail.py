"""The demo's mailbox keeps what it is given."""

import smtplib
from email.message import EmailMessage

from clausewatch.demo_mail import DemoMailbox


def test_a_mail_is_kept_with_its_headers_and_both_parts() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "watch@example.org", "reader@example.org", "Été : une clause a changé"
    mail.set_content("Le texte a changé.")
    mail.add_alternative("<p>Le texte a changé.</p>", subtype="html")
    with DemoMailbox() as mailbox:
        assert list(mailbox.mails) == []
        with smtplib.SMTP(mailbox.host, mailbox.port) as sender:
            sender.send_message(mail)
        (received,) = mailbox.mails
    assert received["Subject"] == "Été : une clause a changé"
    body = received.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Le texte a changé."


def test_two_mailboxes_do_not_meet() -> None:
    with DemoMailbox() as one, DemoMailbox() as other:
        assert one.port != other.port
