import pytest

from crawler.extraction import Extraction
from crawler.faults import fault_of_status
from diffing.capture import Capture
from diffing.fault import Fault, FaultReason
from tests.support.pages import URL, attempted, capture

CHALLENGE = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser</p>"
WORDS = "We may show you a captcha, ask you to log in, or put the site under maintenance. "


def answer(status: int, body: str = "", **headers: str) -> Capture:
    found = capture(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Capture(source=URL, url=URL, status=status, fetched_at=found.fetched_at, body=found.body, headers=named)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (answer(404), FaultReason.NOT_FOUND),
        (answer(410), FaultReason.NOT_FOUND),
        (answer(429, retry_after="120"), FaultReason.RATE_LIMITED),
        (answer(503, retry_after="3600"), FaultReason.MAINTENANCE),
        (answer(503), FaultReason.HTTP_STATUS),
        (answer(500), FaultReason.HTTP_STATUS),
        (answer(401), FaultReason.HTTP_STATUS),
        (answer(403), FaultReason.HTTP_STATUS),
        (answer(304), FaultReason.REDIRECTS),
        (answer(302), FaultReason.REDIRECTS),
        (answer(202, "<p>Text</p>"), None),
        (answer(999), FaultReason.BLOCKED),
        (answer(403, CHALLENGE), FaultReason.BLOCKED),
        (answer(403, cf_mitigated="challenge"), FaultReason.BLOCKED),
        (answer(202, x_amzn_waf_action="challenge"), FaultReason.BLOCKED),
        (answer(405, x_amzn_waf_action="captcha"), FaultReason.BLOCKED),
        (answer(403, '<script src="https://geo.captcha-delivery.com/captcha/"></script>'), FaultReason.BLOCKED),
        (answer(403, "<div id=px-captcha></div>"), FaultReason.BLOCKED),
        (answer(429, "<script>KPSDK.now()</script>"), FaultReason.BLOCKED),
        (answer(403, "Reference https://errors.edgesuite.net/18.2"), FaultReason.BLOCKED),
        (answer(200, "<p>Text</p>"), None),
        (answer(203, "<p>Text</p>"), None),
    ],
)
def test_an_answer_is_judged_by_status_and_headers(found: Capture, reason: FaultReason | None) -> None:
    fault = fault_of_status(found)
    assert (fault.reason if fault else None) is reason


def test_how_long_to_wait_is_said() -> None:
    fault = fault_of_status(answer(429, retry_after="120"))
    assert fault is not None
    assert fault.what == "we asked too often; it asks to wait 120 s"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (CHALLENGE, FaultReason.BLOCKED),
        ('<p>Please wait</p><script src="https://x.awswaf.com/challenge.js"></script>', FaultReason.BLOCKED),
        ("<iframe src='/_Incapsula_Resource?x=1'></iframe><p>Request unsuccessful</p>", FaultReason.BLOCKED),
        ('<h1>Are you human?</h1><div class="h-captcha"></div>', FaultReason.BLOCKED),
        ("<title>404 - Example</title><h1>Oops</h1>", FaultReason.NOT_FOUND),
        ("<title>Example | Page not found</title><p>Sorry</p>", FaultReason.NOT_FOUND),
        ("<title>Example</title><h1>Page introuvable</h1>", FaultReason.NOT_FOUND),
        ("<h1>This page doesn't exist.</h1>", FaultReason.NOT_FOUND),
        ("<title>Service Unavailable</title><p>Our services aren't available right now</p>", FaultReason.MAINTENANCE),
        ("<title>Down for maintenance</title><p>Back soon</p>", FaultReason.MAINTENANCE),
        ("<h1>We'll be back soon!</h1><p>x</p>", FaultReason.MAINTENANCE),
        ("<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>", FaultReason.MAINTENANCE),
        ("<form><p>Sign in</p><input type=password></form>", FaultReason.LOGIN),
    ],
)
def test_a_page_that_stands_in_for_the_text_is_a_fault(body: str, reason: FaultReason) -> None:
    fault = attempted(body, "body")
    assert isinstance(fault, Fault), fault
    assert fault.reason is reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://www.example.org/authwall?to=privacy", FaultReason.LOGIN),
        ("https://www.example.org/login", FaultReason.LOGIN),
        ("https://consent.example.org/m?continue=privacy", FaultReason.CONSENT),
    ],
)
def test_a_redirect_to_a_wall_is_a_fault(url: str, reason: FaultReason) -> None:
    fault = attempted(capture("<p>Please go on</p>", url=url), "body")
    assert isinstance(fault, Fault), fault
    assert fault.reason is reason


@pytest.mark.parametrize(
    "body",
    [
        f"<title>Privacy policy</title><h1>Privacy</h1><p>{WORDS * 3}</p>",
        f"<title>Captchas and log-in | Privacy policy</title><p>{WORDS * 40}</p>",
        f"<title>Privacy</title><p>{WORDS * 40}</p><script>window._cf_chl_opt={{}}</script>",
        f"<title>Privacy</title><p>{WORDS * 40}</p><form><input type=password></form>",
        f"<h1>Maintenance</h1><p>{WORDS * 40}</p>",
        f"<h1>What we do when a page is not found</h1><p>{WORDS}</p>",
        "<h1>Scheduled maintenance and your data</h1><p>We keep logs.</p>",
    ],
)
def test_a_text_that_speaks_of_captchas_logins_or_maintenance_is_a_text(body: str) -> None:
    assert isinstance(attempted(body, "body"), Extraction)


def test_every_fault_says_where_what_and_what_to_do() -> None:
    faults = [fault_of_status(answer(404)), attempted(CHALLENGE, "body"), attempted("<p></p>", "body")]
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.where == URL
        assert fault.what
        assert fault.todo
