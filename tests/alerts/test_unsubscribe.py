"""Tokens that end one recipient's alerts and nobody else's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.unsubscribe import endpoint_of, token_of
from clausewatch import wiring
from clausewatch.config import load
from tests.support.outbox import note

KEY = bytes(range(32))
NOW = datetime(2025, 9, 18, 6, tzinfo=UTC)


@given(st.text(max_size=100), st.binary(min_size=1, max_size=64))
def test_a_token_names_its_endpoint_under_its_key_only(endpoint: str, key: bytes) -> None:
    try:
        endpoint.encode()
    except UnicodeEncodeError:
        return
    token = token_of(endpoint, key)
    assert endpoint_of(token, key) == endpoint
    assert endpoint_of(token, key + b"x") is None


@pytest.mark.parametrize("position", range(0, 40, 7))
def test_a_token_with_a_letter_changed_is_none(position: int) -> None:
    token = token_of("mail/ana@example.org", KEY)
    other = "A" if token[position] != "A" else "B"
    assert endpoint_of(token[:position] + other + token[position + 1 :], KEY) is None


@pytest.mark.parametrize("token", ["", "x", "é", "=" * 50, "A" * 5000, "../../etc/passwd", "AAAA\r\nBcc: x"])
def test_anything_else_is_no_token(token: str) -> None:
    assert endpoint_of(token, KEY) is None


def test_who_unsubscribes_gets_no_more_and_the_others_do(tmp_path: Path) -> None:
    path = tmp_path / "clausewatch.toml"
    path.write_text(
        '[web]\npublic_url = "https://watch.example"\n[channels.mail]\ntype = "email"\nhost = "127.0.0.1"\n'
        'sender = "w@w.example"\nto = ["ana@x.example", "bo@x.example"]\n'
        '[channels.log]\ntype = "file"\npath = "log.jsonl"\n'
        '[[subscriptions]]\nchannel = "mail"\n[[subscriptions]]\nchannel = "log"\nfaults = true\n'
    )
    config = load(path)
    with wiring.archive(config) as kept:
        url = wiring.unsubscribing(config, kept)("mail/ana@x.example")
        token = url.removeprefix("https://watch.example/unsubscribe/")
        assert wiring.subscriber(kept, token) == "mail/ana@x.example"
        assert wiring.unsubscribe(config, kept, token + "x", now=lambda: NOW) is None
        assert wiring.unsubscribe(config, kept, token, now=lambda: NOW) == "mail/ana@x.example"
        assert wiring.unsubscribe(config, kept, token, now=lambda: NOW) == "mail/ana@x.example"
        outbox = wiring.outbox(config, kept)
        outbox.add([note("a", channel=f"mail/{name}@x.example") for name in ("ana", "bo")], NOW)
        assert [one.channel for one in outbox.lease(NOW, "w", limit=9, seconds=9) if one.event == "test"] == [
            "mail/bo@x.example"
        ]
        assert [one.event for one in outbox.list(channel="log")] == ["channel.disabled"]
