import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.addresses import forbidden_url

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.8.9.1:8080/",
    "http://[::1]/",
    "http://0.0.0.0/",
    "http://169.254.169.254/latest/meta-data",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fec0::1]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
]
ODD = [
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file:/etc/passwd",
    "source:file:/etc/passwd",
    "view-source:http://example.org/",
    "data:text/html,x",
    "javascript:alert(1)",
    "ftp://example.org/",
    "gopher://example.org/",
    "//example.org/",
    "http:///path",
    "http://",
    "",
    "http://user@example.org/",
    "http://user:secret@example.org/",
    "http://127.0.0.1:8888\\@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http://example.org/\r\nHost: x",
    "http://exa mple.org/",
    "http://example.org:99999/",
    "http://example.org:port/",
    "http://%31%32%37.0.0.1/",
    "http://[127.0.0.1/",
    "http://[not-an-address]/",
]


@pytest.mark.parametrize("url", PRIVATE + ODD)
def test_private_and_odd_addresses_are_forbidden(url: str) -> None:
    assert forbidden_url(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/privacy?x=1#top",
        "http://example.org:8080/",
        "HTTPS://EXAMPLE.ORG/",
        "http://93.184.215.14/",
        "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "http://[64:ff9b::93.184.215.14]/",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/",
        "https://example.org/a@b",
        "https://1und1.example/",
    ],
)
def test_public_addresses_pass(url: str) -> None:
    assert forbidden_url(url) is None


def test_a_private_host_passes_when_it_is_allowed_by_name_and_no_other_does() -> None:
    allowed = {"127.0.0.1", "localhost"}
    assert forbidden_url("http://127.0.0.1:8000/", allowed) is None
    assert forbidden_url("http://LocalHost:8000/", allowed) is None
    assert forbidden_url("http://127.0.0.2/", allowed) == "the host 127.0.0.2 is a private address"
    assert forbidden_url("http://2130706433/", allowed) == "the host 2130706433 is a private address"
    assert forbidden_url("ftp://127.0.0.1/", allowed) == "only http and https addresses can be requested"


@given(st.text(max_size=60))
def test_no_text_whatever_makes_the_gate_fail(text: str) -> None:
    assert isinstance(forbidden_url(text), str | None)
    assert isinstance(forbidden_url(f"http://{text}"), str | None)
