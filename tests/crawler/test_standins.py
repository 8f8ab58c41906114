"""Short texts that a site shows in place of the declared one, and texts that merely speak of such things."""

from collections import Counter

import pytest

from crawler.imports.ota import history
from crawler.imports.repository import opened
from crawler.standins import fault_of_text
from diffing.fault import FaultReason
from tests.support.shared import CORPUS, needs_corpus

URL = "https://www.example.org/legal/privacy"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Loading...\n\n*   Home\n*   Products\n", FaultReason.EMPTY),
        ("Redirecting to legal.example.org\n", FaultReason.EMPTY),
        ("You need to enable JavaScript to run this app.\n", FaultReason.EMPTY),
        ("Privacy Policy\n==============\n", FaultReason.EMPTY),
        ("# Terms\n\nLast updated May 1, 2023\n", FaultReason.EMPTY),
        ("404\n===\n\nGo home\n", FaultReason.NOT_FOUND),
        ("Help\n\nWe can\u2019t find that page\n\nTry our search.\n", FaultReason.NOT_FOUND),
        ("# Page introuvable\n\nRetour\n", FaultReason.NOT_FOUND),
        ("We'll be right back!\n\nThe shop is unavailable due to system maintenance.\n", FaultReason.MAINTENANCE),
        ("500\n\nAn unexpected error occurred\n", FaultReason.MAINTENANCE),
        ("503 Service Unavailable\n", FaultReason.MAINTENANCE),
        ("# Something went wrong\n\nTry again.\n", FaultReason.MAINTENANCE),
        ("Checking your browser before you go on\n", FaultReason.BLOCKED),
        ("# Access denied\n\nReference 18.2\n", FaultReason.BLOCKED),
        ("Our systems have detected unusual traffic from your network.\n", FaultReason.BLOCKED),
        ("Log in\n\nE-mail\n\nForgot your password?\n", FaultReason.LOGIN),
        ("Before you go on\n\nWe use cookies.\n\nReject all\n\nAccept all\n", FaultReason.CONSENT),
    ],
)
def test_a_text_that_stands_in_for_another_is_a_fault(text: str, reason: FaultReason) -> None:
    fault = fault_of_text(text, URL)
    assert fault is not None
    assert (fault.reason, fault.where) == (reason, URL)
    assert fault.what
    assert fault.todo


@pytest.mark.parametrize(
    "text",
    [
        "Privacy\n=======\n\nWe show a captcha when access is denied, and a page not found when it is gone.\n",
        "# Maintenance\n\nWe keep logs while the service is down for maintenance, and tell you before.\n",
        "# Log-in data\n\nWhen you have forgotten your password we send you a link.\n",
        "# Cookies\n\nYou may accept all cookies in the banner, or none.\n",
        "# Imprint\n\nExample Ltd, 1 High Street\n",
        "# Redirecting your mail\n\nWe forward letters for a year.\n",
        "# Loading and unloading\n\nThe carrier loads the goods.\n",
        "404 South Street\n\nWrite to us there.\n",
        "We keep your name.\n",
        "Page not found\n\n" + "We keep your name and address for as long as we need them. " * 40,
    ],
)
def test_a_text_that_speaks_of_such_things_is_a_text(text: str) -> None:
    assert fault_of_text(text, URL) is None


@needs_corpus
def test_of_real_versions_only_the_ones_that_were_no_text_are_faults() -> None:
    found: Counter[str] = Counter()
    with opened(CORPUS / "genai-eu.bundle") as repository, repository.blobs() as blobs:
        versions = history(repository)
        for version in versions:
            text = (blobs.read(version.blob) or b"").decode("utf-8", "replace")
            if fault_of_text(text, URL):
                found[str(version.document)] += 1
    assert len(versions) == 313
    assert {name.partition(" \u00b7 ")[0] for name in found} == {"Le Chat"}  # "Redirecting to ...", four times
    assert found.total() == 4
