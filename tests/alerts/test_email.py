"""The mail: what its reader sees, what its headers say, and what no page can put there."""

import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from alerts.channels.email import EmailChannel
from alerts.errors import BadChannel, Refused, Unreachable
from diffing.change import Change
from diffing.flag import Effect
from tests.support import changes
from tests.support.certificates import self_signed, server_context
from tests.support.deliveries import change_delivery
from tests.support.mailbox import free_port, mailbox

NOW = datetime(2025, 10, 22, 8, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 4, 6, 0, tzinfo=UTC)


def channel(port: int, **settings: Any) -> EmailChannel:
    given = {"host": "127.0.0.1", "security": "none", "sender": "Watch <watch@w.example>", "to": "ana@x.example"}
    return EmailChannel("mail", port=port, **(given | settings))


def mailed(change: Change, language: str = "", **settings: Any) -> tuple[EmailMessage, bytes]:
    with mailbox() as (box, port):
        channel(port, **settings).send(change_delivery(change, language), NOW)
    return box.mails[0], box.raw[0]


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (mail.get_content_type(), text.get_content_type(), html.get_content_type()) == (
        "multipart/alternative",
        "text/plain",
        "text/html",
    )
    return text.get_content().replace("\r\n", "\n"), html.get_content()


def test_the_subject_says_what_happened_in_the_readers_language() -> None:
    english = mailed(changes.change())[0]["Subject"]
    assert english == "Platform · Privacy Policy · AI training introduced, from 3 Nov 2025"
    french = mailed(changes.change(), "fr")[0]["Subject"]
    assert french == "Platform · Privacy Policy · Entraînement d’IA : introduction, à partir du 3 nov. 2025"


def test_the_headers_identify_thread_and_excuse_the_mail() -> None:
    mail, _ = mailed(changes.change())
    again, _ = mailed(changes.change())
    next_one, _ = mailed(changes.change(at=LATER))
    other, _ = mailed(changes.change(terms="Terms of Service"))
    assert mail["Message-ID"] == again["Message-ID"] != next_one["Message-ID"]
    assert mail["References"] == next_one["References"] != other["References"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "Clausewatch <clausewatch.w.example>"
    assert mail["List-Unsubscribe"] == "<mailto:watch@w.example?subject=unsubscribe>"
    assert (mail["From"], mail["To"]) == ("Watch <watch@w.example>", "ana@x.example")


def test_the_text_tells_facts_days_left_the_way_out_and_the_redline() -> None:
    text, _ = parts(mailed(changes.change())[0])
    for line in (
        "In effect from: 3 November 2025",
        "Opt out by:     3 November 2025 (12 days left)",
        "Left out:       Private messages",
        "  Settings › Data privacy › Data for AI",
        "  https://platform.example/settings/ai",
        "* AI training introduced (2. How we use data › 2.3 Models)",
        "    [-We may use your data-] {+From 3 November 2025 we may use your posts",
        "In all: 1 passage added, 1 passage removed and 1 passage reworded.",
        "  https://watch.example/changes/1/diff",
    ):
        assert line in text.splitlines()
    assert max(map(len, text.splitlines())) <= 78


def test_the_html_says_the_same_with_del_and_ins() -> None:
    _, html = parts(mailed(changes.change())[0])
    assert re.search(r"<del [^>]+>We may use your data</del> <ins [^>]+>From 3 November", html)
    assert "3 November 2025 (12 days left)" in html
    assert '<a href="https://platform.example/settings/ai"' in html


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "{% for x in y %}"]
)
def test_nothing_a_page_wrote_is_live_in_the_html(nasty: str) -> None:
    change = changes.change(
        service=nasty,
        edits=[changes.edit(None, nasty, nasty)],
        flags=[changes.flag(before=None, after=nasty, evidence=nasty)],
    )
    _, html = parts(mailed(change)[0])
    plain, _ = parts(mailed(changes.change())[0]), None
    assert set(re.findall(r"<(\w+)", html)) <= set(re.findall(r"<(\w+)", plain[1])) | {"ins", "del"}
    assert "onerror=alert(1)>" not in html
    assert "49" not in html


def test_a_link_is_only_ever_http() -> None:
    change = changes.change(url="javascript:alert(1)")
    text, html = parts(mailed(change)[0])
    assert "javascript:" not in text + html


def test_a_line_break_in_a_name_makes_no_header() -> None:
    mail, raw = mailed(changes.change(service="Plat\r\nBcc: all@x.example\r\n\r\nform", terms="Te\nX-Evil: 1\u2028rms"))
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert mail["Subject"].startswith("Plat Bcc: all@x.example form · Te X-Evil: 1 rms · ")
    assert b"\nBcc" not in raw.split(b"\r\n\r\n")[0]


def test_markers_the_page_typed_are_not_ours() -> None:
    flag = changes.flag(before=None, after="We train [-never-] {+models+}.", evidence="train")
    text, _ = parts(mailed(changes.change(flags=[flag]))[0])
    assert "{+We train [ -never- ] { +models+ }.+}" in text


def test_bytes_beyond_ascii_and_endless_lines_travel_safely() -> None:
    long = "données" * 900
    flag = changes.flag(before=None, after=f"{long} à l’IA 🤖.", evidence="IA")
    mail, raw = mailed(changes.change(flags=[flag]), "fr")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    assert "à l’IA 🤖." in parts(mail)[0]


@pytest.mark.parametrize(
    ("refuse", "error", "told"),
    [
        ({"rcpt": ["450 try later"]}, Refused, "127.0.0.1 refused the recipient (450); see its log"),
        ({"rcpt": ["550 nobody"]}, Refused, "127.0.0.1 refused the recipient (550); see its log"),
        ({"data": ["554 no"]}, Refused, "127.0.0.1 refused the mail (554); see its log"),
        ({"data": ["421 closing"]}, Unreachable, "127.0.0.1 refused the mail (421); see its log"),
    ],
)
def test_a_refusal_is_an_error_and_the_next_attempt_may_succeed(
    refuse: dict[str, list[str]], error: type[Exception], told: str
) -> None:
    with mailbox(refuse) as (box, port):
        with pytest.raises(error, match=f"^{re.escape('channel mail: ' + told)}$") as caught:
            channel(port).send(change_delivery(changes.change()), NOW)
        assert type(caught.value) is error
        assert box.mails == []
        channel(port).send(change_delivery(changes.change()), NOW)
    assert len(box.mails) == 1


def test_one_refused_recipient_does_not_keep_the_mail_from_another() -> None:
    with mailbox({"rcpt": ["450 greylisted"]}) as (box, port):
        with pytest.raises(Refused):
            channel(port, to="ana@x.example").send(change_delivery(changes.change()), NOW)
        channel(port, to="bo@x.example").send(change_delivery(changes.change()), NOW)
        channel(port, to="ana@x.example").send(change_delivery(changes.change()), NOW)
    assert box.recipients == [["bo@x.example"], ["ana@x.example"]]


def test_a_server_without_starttls_gets_no_mail_when_it_is_asked_for() -> None:
    with mailbox() as (box, port), pytest.raises(BadChannel, match="does not offer what is needed"):
        channel(port, security="starttls").send(change_delivery(changes.change()), NOW)
    assert box.mails == []


def test_a_server_that_is_down_is_out_of_reach() -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 could not be reached"):
        channel(free_port()).send(change_delivery(changes.change()), NOW)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"sender": "a@b.example\r\nBcc: x"}, "its sender contains a line break or control character"),
        ({"to": "nobody"}, "its to is no mail address"),
        ({"user": "u"}, "it would send a password in the clear"),
    ],
)
def test_settings_that_cannot_work_fail_when_the_channel_is_made(settings: dict[str, str], told: str) -> None:
    with pytest.raises(BadChannel, match=f"^channel mail: {told}; "):
        channel(25, **settings)


def test_a_template_of_ones_own_replaces_ours_and_one_that_fails_is_told_and_not_used(tmp_path: Path) -> None:
    template = tmp_path / "note.html"
    template.write_text("<b>{{ note.title }}</b>")
    _, html = parts(mailed(changes.change(), templates=tmp_path)[0])
    assert html.strip() == "<b>Platform · Privacy Policy · AI training introduced, from 3 Nov 2025</b>"
    template.write_text("{{ note.__class__.__mro__ }}")
    with mailbox() as (box, port):
        receipt = channel(port, templates=tmp_path).send(change_delivery(changes.change()), NOW)
    assert receipt.warning == (
        "template note.html: access to attribute '__class__' of 'Note' object is unsafe.; ours was sent instead"
    )
    assert "3 November 2025 (12 days left)" in parts(box.mails[0])[1]


def test_one_click_ends_the_mails_where_pages_are_served() -> None:
    url = "https://watch.example/unsubscribe/abc"
    mail, _ = mailed(changes.change(), unsubscribe=url)
    assert mail["List-Unsubscribe"] == f"<{url}>, <mailto:watch@w.example?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = parts(mail)
    assert f"To stop these mails:\n{url}" in text
    assert f'<a href="{url}"' in html
    assert mailed(changes.change())[0]["List-Unsubscribe-Post"] is None


def test_the_longest_alert_stays_below_what_gmail_shows_and_no_line_is_too_long_for_smtp() -> None:
    old, new = (" ".join(f"{word}{number}" for number in range(450)) for word in ("old", "new"))
    mixed = " ".join(f"{a} {b}" for a, b in zip(old.split(), new.split(), strict=True))
    flags = [changes.flag(before=old, after=mixed, evidence="new1")] * 6
    mail, raw = mailed(changes.change(flags=flags, service="é" * 200))
    _, html = parts(mail)
    assert len(html.encode()) < 102_000
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


def test_what_takes_something_from_people_comes_first_and_a_heading_stands_once() -> None:
    flags = [
        changes.flag(effect=Effect.WITHDRAWS, after=None, evidence="your data"),
        changes.flag(),
        changes.flag(edit=0, after="And we train on more.", evidence="train"),
    ]
    text, _ = parts(mailed(changes.change(flags=flags))[0])
    heads = [line for line in text.splitlines() if line.startswith("* ")]
    assert heads == [
        "* AI training introduced (2. How we use data › 2.3 Models)",
        "* AI training withdrawn (2. How we use data › 2.3 Models)",
    ]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_and_its_password_travel_encrypted_and_only_to_a_server_somebody_vouches_for(
    tmp_path: Path, security: str
) -> None:
    certificate = self_signed(tmp_path)
    context = server_context(certificate)
    options: dict[str, Any] = {"ssl_context" if security == "tls" else "tls_context": context}
    options |= {"authenticator": accept("ana", "right"), "auth_require_tls": security == "starttls"}
    settings = {"security": security, "user": "ana", "password": lambda: "right"}
    trust = ssl.create_default_context(cafile=str(certificate))
    with mailbox(**options) as (box, port):
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 could not be trusted"):
            channel(port, **settings).send(change_delivery(changes.change()), NOW)
        with pytest.raises(Unreachable, match=r"^channel mail: 127\.0\.0\.1 refused the log-in; see user"):
            channel(port, trust=trust, **(settings | {"password": lambda: "wrong"})).send(EVENT, NOW)
        assert box.mails == []
        channel(port, trust=trust, **settings).send(EVENT, NOW)
    assert len(box.mails) == 1


EVENT = change_delivery(changes.change())


def accept(user: str, password: str) -> Callable[..., AuthResult]:
    def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return authenticator
