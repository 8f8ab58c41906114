"""A reader of mails ends them: by the page's button or at one click, and nobody for somebody else."""

from pathlib import Path

import pytest

from alerts.outbox import Outbox
from clausewatch import wiring
from clausewatch.config import Email
from clausewatch.config.web import Web
from tests.support.web import browsing, filled

MAIL = Email(type="email", host="127.0.0.1", sender="w@w.example", to=("ana@x.example", "bo@x.example"))


def test_looking_does_nothing_and_one_click_ends_them(tmp_path: Path) -> None:
    with filled(tmp_path) as over, browsing(over) as browser:
        config = over.config.model_copy(
            update={"channels": {"mail": MAIL}, "web": Web(public_url="https://watch.example")}
        )
        url = wiring.unsubscribing(config, over.archive)("mail/ana@x.example")
        path = url.removeprefix("https://watch.example")
        shown = browser.get(path)
        assert (shown.status_code, "ana@x.example" in shown.text) == (200, True)
        assert shown.headers["cache-control"] == "private, no-store"
        assert Outbox(over.archive).endpoints() == ()
        done = browser.post(path, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
        assert (done.status_code, "gets no more alerts" in done.text) == (200, True)
        assert browser.post(path).status_code == 200
        assert [one.channel for one in Outbox(over.archive).endpoints() if one.disabled_at] == ["mail/ana@x.example"]


@pytest.mark.parametrize("token", ["x", "AAAA", "..%2F..%2Fetc", "é"])
def test_a_token_nobody_was_given_ends_nothing(tmp_path: Path, token: str) -> None:
    with filled(tmp_path) as over, browsing(over) as browser:
        assert browser.get(f"/unsubscribe/{token}").status_code == 404
        assert browser.post(f"/unsubscribe/{token}").status_code == 404
        assert Outbox(over.archive).endpoints() == ()
