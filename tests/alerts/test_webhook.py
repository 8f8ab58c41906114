"""The webhook: signed after the standard, never redirected, never to a private address."""

import base64
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from alerts.channels.webhook import WebhookChannel
from alerts.channels.webhook.signature import signed_headers
from alerts.delivery import Delivery, State
from alerts.errors import BadChannel, Gone, Refused, Unreachable
from tests.support.outbox import NOW, note
from tests.support.receiver import DRIP, DROP, HANG, Received, Receiver, Reply, receiving

SECRET = "whsec_" + base64.b64encode(b"current secret, 24 bytes").decode()
OLD_SECRET = "whsec_" + base64.b64encode(b"previous secret 24 bytes").decode()
OTHER_SECRET = "whsec_" + base64.b64encode(b"somebody else's secret..").decode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def channel(url: str, *secrets: str, timeout: float = 20) -> WebhookChannel:
    return WebhookChannel("hook", url, lambda: secrets or (SECRET,), allow_private=True, timeout=timeout)


def delivery(name: str = "a") -> Delivery:
    message = note(name)
    return Delivery(
        id=message.id,
        channel="hook",
        event=message.event,
        body=message.body,
        state=State.WAITING,
        attempts=0,
        created_at=NOW,
        next_at=NOW,
    )


def verified(request: Received, secret: str) -> object:
    return Webhook(secret).verify(request.body, dict(request.headers))


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    headers = signed_headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        '{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_receiver_can_verify_what_it_got_and_nobody_elses_secret_does(receiver: Receiver) -> None:
    receipt = channel(receiver.url).send(delivery(), datetime.now(UTC))
    (request,) = receiver.received
    assert receipt.detail == "HTTP 204"
    assert verified(request, SECRET) == json.loads(delivery().body)
    assert request.headers["webhook-id"] == delivery().id
    assert request.headers["content-type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        verified(request, OTHER_SECRET)


def test_during_a_rotation_the_old_and_the_new_secret_both_verify(receiver: Receiver) -> None:
    channel(receiver.url, SECRET, OLD_SECRET).send(delivery(), datetime.now(UTC))
    (request,) = receiver.received
    for secret in (SECRET, OLD_SECRET):
        assert verified(request, secret) == json.loads(delivery().body)


def test_a_retry_has_the_same_id_and_body_and_the_time_of_the_attempt(receiver: Receiver) -> None:
    for seconds in (0, 300):
        channel(receiver.url).send(delivery(), NOW + timedelta(seconds=seconds))
    first, second = receiver.received
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 300


def test_a_body_beyond_ascii_is_signed_as_it_is_sent(receiver: Receiver) -> None:
    body = '{"type":"test","data":{"message":"à l’entraînement 🤖"}}'
    channel(receiver.url).send(replace(delivery(), body=body), datetime.now(UTC))
    assert receiver.received[0].body == body.encode()
    assert verified(receiver.received[0], SECRET) == json.loads(body)


@pytest.mark.parametrize(
    ("reply", "error", "told"),
    [
        (Reply(500), Refused, "channel hook: 127.0.0.1 answered 500; see the receiver's log"),
        (Reply(400), Refused, "channel hook: 127.0.0.1 answered 400; see the receiver's log"),
        (Reply(503), Unreachable, "channel hook: 127.0.0.1 answered 503; see the receiver's log"),
        (Reply(429), Unreachable, "channel hook: 127.0.0.1 answered 429; see the receiver's log"),
        (Reply(410), Gone, "channel hook: 127.0.0.1 answered 410; enable the channel when it is back"),
        (
            Reply(302, {"location": "http://127.0.0.1:1/"}),
            Refused,
            "channel hook: 127.0.0.1 answered 302, a redirect, which is not followed; configure its final address",
        ),
        (
            DROP,
            Unreachable,
            "channel hook: 127.0.0.1 closed the connection without an answer; see that it is up",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(getattr(value, "status", "")),
)
def test_an_answer_that_is_no_success_is_an_error_that_says_so(reply: Reply, error: type[Exception], told: str) -> None:
    with receiving(reply) as receiver:
        with pytest.raises(error, match=f"^{re.escape(told)}$") as caught:
            channel(receiver.url).send(delivery(), NOW)
        assert type(caught.value) is error
        assert len(receiver.received) == 1


def test_retry_after_is_read_as_seconds_and_as_a_date() -> None:
    date = (NOW + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    with receiving(Reply(429, {"Retry-After": "120"}), Reply(503, {"retry-after": date}), Reply(503)) as receiver:
        waits = []
        for _ in range(3):
            with pytest.raises(Unreachable) as caught:
                channel(receiver.url).send(delivery(), NOW)
            waits.append(caught.value.retry_after)
    assert waits == [timedelta(minutes=2), timedelta(hours=1), None]


@pytest.mark.parametrize("reply", [HANG, DRIP], ids=["silent", "a byte at a time"])
def test_a_receiver_that_never_ends_its_answer_is_given_up(reply: Reply) -> None:
    told = "channel hook: 127.0.0.1 did not answer in time; see that it is up"
    with receiving(reply) as receiver, pytest.raises(Unreachable, match=f"^{re.escape(told)}$"):
        channel(receiver.url, timeout=0.3).send(delivery(), NOW)


def test_a_receiver_that_is_down_is_out_of_reach() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 could not be reached"):
            channel(f"http://127.0.0.1:{held.getsockname()[1]}/").send(delivery(), NOW)


def test_a_receiver_whose_certificate_is_not_to_be_trusted_gets_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        got: list[bytes] = []
        thread = threading.Thread(target=lambda: answer_badly(server, got))
        thread.start()
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 could not be trusted"):
            channel(f"https://127.0.0.1:{server.getsockname()[1]}/").send(delivery(), NOW)
        thread.join()
    assert b"webhook-id" not in b"".join(got)


def answer_badly(server: socket.socket, got: list[bytes]) -> None:
    connection, _ = server.accept()
    with connection:
        got.append(connection.recv(4096))
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:8080/", "the host 127.0.0.1 is a private address"),
        ("http://localhost/", "the host localhost is a private address"),
        ("http://[::ffff:169.254.169.254]/", "the host ::ffff:169.254.169.254 is a private address"),
        ("ftp://a.example/", "only http and https addresses can be requested"),
        ("https://user:pass@a.example/", "it contains a user name, a password or an escape"),
        ("https://", "it has no host"),
    ],
)
def test_an_address_that_may_not_be_used_fails_when_the_channel_is_made(url: str, problem: str) -> None:
    told = (
        f"channel hook: its url cannot be used: {problem}; "
        "correct url, or set allow_private = true if it is your own machine or network"
    )
    with pytest.raises(BadChannel, match=f"^{re.escape(told)}$"):
        WebhookChannel("hook", url, lambda: [SECRET])


def test_a_public_name_that_stands_for_a_private_address_is_not_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loopback is what the name resolves to, so only the check of the address itself keeps us out."""
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, receiver.port)) for ip in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    hook = WebhookChannel("hook", f"http://public.example:{receiver.port}/", lambda: [SECRET])
    told = "channel hook: public.example stands for a private address; see that it is up"
    with pytest.raises(Unreachable, match=f"^{re.escape(told)}$"):
        hook.send(delivery(), NOW)
    assert receiver.received == []


@pytest.mark.parametrize(
    ("secrets", "problem"),
    [
        ([], "is missing"),
        (["hunter2"], "does not begin with whsec_"),
        (["whsec_not base64!"], "is not base64 after whsec_"),
        ([SECRET, "whsec_c2hvcnQ="], "has 5 bytes; the standard wants 24 to 64"),
    ],
)
def test_a_secret_that_cannot_sign_fails_when_the_channel_is_made_and_is_not_shown(
    secrets: list[str], problem: str
) -> None:
    told = f'channel hook: its secret {problem}; write "whsec_" before: openssl rand -base64 32'
    with pytest.raises(BadChannel, match=f"^{re.escape(told)}$"):
        WebhookChannel("hook", "https://a.example/", lambda: secrets)


def test_neither_secret_nor_the_path_of_the_address_is_shown() -> None:
    with receiving(Reply(500)) as receiver:
        hook = channel(receiver.url + "/token-in-the-path")
        with pytest.raises(Refused) as caught:
            hook.send(delivery(), NOW)
    for shown in (repr(hook), str(hook), str(caught.value), repr(caught.value)):
        assert "token-in-the-path" not in shown
        assert SECRET.removeprefix("whsec_") not in shown
