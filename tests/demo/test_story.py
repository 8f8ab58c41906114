"""The demo's story, told from values: what a reader sees in 80 columns."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from rich.console import Console
from standardwebhooks import Webhook

from clausewatch.demo_site import Hook
from clausewatch.demo_story import Round, Story, shortened, tell, verified, why_silent
from crawler.visit import Visit
from diffing.change import ChangeKind, Severity
from diffing.fault import Fault, FaultReason
from diffing.outcome import Outcome
from diffing.version import Document
from tests.support.changes import change

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
START = datetime(2025, 9, 15, 6, 0, tzinfo=UTC)
NOW = START + timedelta(days=3)
QUIET = {"severity": Severity.LOW, "news": False, "flags": (), "facts": ()}


def visit(service: str, outcome: Outcome, **values: object) -> Visit:
    return Visit(document=Document(service=service, terms="Privacy Policy"), outcome=outcome, **values)  # type: ignore[arg-type]


FAULT = Fault(reason=FaultReason.BLOCKED, where="http://a.example/", what="a challenge page", todo="ask them")
BLOCKED = visit("Chirrup", Outcome.FAULT, fault=FAULT)
FLAPPED = visit("Parcello", Outcome.RETURN, change=change(service="Parcello", kind=ChangeKind.RETURN, **QUIET))  # type: ignore[arg-type]
TIDIED = visit("Tallybook", Outcome.COSMETIC, change=change(service="Tallybook", kind=ChangeKind.COSMETIC, **QUIET))  # type: ignore[arg-type]
FLAGGED = visit("Brightrung", Outcome.CHANGED, change=change(service="Brightrung"))
SAME = visit("Brightrung", Outcome.UNCHANGED)


def hook(service: str = "Brightrung", *, secret: str = SECRET, at: datetime = NOW) -> Hook:
    body = json.dumps(
        {"type": "policy.change", "data": {"service": service, "flags": [{"topic": "a"}, {"topic": "b"}]}}
    )
    signature = Webhook(secret).sign("evt_1", at, body)
    headers = {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
        "content-type": "application/json",
    }
    return Hook(headers=headers, body=body.encode())


def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "watch@example.org", "reader@example.org", "Brightrung: AI training"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content("\n".join(f"Line {number}" for number in range(1, 41)))
    made.add_alternative("<p>Line 1</p>", subtype="html")
    return made


def story(hooks: Sequence[Hook] = (), mails: Sequence[EmailMessage] = ()) -> Story:
    first = Round(at=START, visits=(visit("Brightrung", Outcome.NEW), visit("Chirrup", Outcome.NEW)))
    second = Round(at=START + timedelta(days=1), visits=(SAME, SAME), not_modified=2)
    last = Round(at=NOW, visits=(FLAGGED, BLOCKED, FLAPPED, TIDIED))
    return Story(
        rounds=(first, second, last),
        published=("a new privacy policy",),
        hooks=tuple(hooks),
        mails=tuple(mails),
        secret=SECRET,
    )


def told(story: Story) -> str:
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False)
    tell(story, console)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def test_no_line_is_wider_than_80_columns() -> None:
    lines = told(story([hook()], [mail()])).splitlines()
    assert len(lines) > 60
    assert max(map(len, lines)) <= 80


def test_it_is_told_in_the_order_things_happened() -> None:
    text = told(story([hook()], [mail()]))
    headings = [
        "1. The site as it was (2025-09-15 06:00)",
        "2. Another look (2025-09-16 06:00)",
        "3. The site publishes",
        "a new privacy policy",
        "4. The next crawl (2025-09-18 06:00)",
        "What changed",
        "What the webhook received: 1 signed request",
        "What the mailbox received: 1 mail",
        "What stayed silent, and why",
    ]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_what_is_unchanged_is_counted_not_listed() -> None:
    assert "Unchanged: 2; the site answered “not modified” (304) 2 times." in told(story())


def test_a_change_no_topic_is_about_is_said_to_be_told_to_nobody() -> None:
    quiet = visit("Parcello", Outcome.CHANGED, change=change(service="Parcello", flags=()))
    text = told(replace(story(), rounds=(Round(at=START, visits=(quiet,)), *story().rounds)))
    assert "Parcello · Privacy Policy: no topic is about what changed; kept, and told to\nnobody." in text
    assert text.count("told to\nnobody") == 1


def test_the_change_is_shown_with_its_facts_and_the_flagged_words() -> None:
    text = told(story())
    assert "2025-11-03" in text
    assert "train our AI models" in text.replace("\n", " ")


def test_a_webhook_is_shown_with_headers_short_json_and_the_verdict() -> None:
    text = told(story([hook()]))
    assert "webhook-id: evt_1" in text
    assert '"service": "Brightrung"' in text
    assert "… 1 more" in text
    assert "all signatures are right" in text


@pytest.mark.parametrize(
    "wrong",
    [hook(secret="whsec_" + "A" * 32), hook(at=START), Hook(headers={}, body=b"{}")],
    ids=["another secret", "an old time", "no headers"],
)
def test_a_wrong_signature_is_called_wrong(wrong: Hook) -> None:
    assert verified(hook(), SECRET, NOW)
    assert not verified(wrong, SECRET, NOW)


def test_the_verdict_counts_wrong_signatures() -> None:
    assert "1 of 2 signatures WRONG" in told(story([hook(), hook(secret="whsec_" + "A" * 32)]))


def test_a_mail_is_shown_with_headers_and_the_beginning_of_its_text() -> None:
    text = told(story(mails=[mail()]))
    assert "Subject: Brightrung: AI training" in text
    assert "Auto-Submitted: auto-generated" in text
    assert "Line 24\n" in text
    assert "Line 25" not in text
    assert "16 more lines" in text


@pytest.mark.parametrize(
    ("silent", "reason"),
    [
        (BLOCKED, "a challenge page: a fault (blocked), so the last good version stays current"),
        (FLAPPED, "back to a text seen before: this page goes back and forth, which is no news"),
        (TIDIED, "only numbers, punctuation, quotes and navigation differ: nothing a reader would act on"),
        (FLAGGED, ""),
        (SAME, ""),
    ],
    ids=["blocked", "flapped", "tidied", "flagged", "unchanged"],
)
def test_each_silence_has_its_reason(silent: Visit, reason: str) -> None:
    assert why_silent(silent) == reason


def test_silence_is_checked_against_what_was_received() -> None:
    assert "Webhooks that name them: none." in told(story([hook("Brightrung")]))
    assert "Webhooks that name them: Parcello." in told(story([hook("Parcello")]))


def test_foreign_text_cannot_reach_the_terminal() -> None:
    hostile = mail()
    del hostile["Subject"]
    hostile["Subject"] = "red \x1b[31mtext"
    assert "\x1b" not in told(story(mails=[hostile]))


def test_long_texts_in_the_json_are_cut_between_words() -> None:
    data = shortened({"data": {"summary": {"en": "word " * 100}}})["data"]
    assert data["summary"]["en"].endswith("word…")
    assert len(data["summary"]["en"]) <= 160
