"""The gate for addresses: what no request may reach, in every spelling."""

import pytest

from alerts.addresses import forbidden_address, forbidden_url

PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1
198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 192.0.0.170 192.88.99.1 :: ::1 ::7f00:1 ::ffff:127.0.0.1
::ffff:0:127.0.0.1 64:ff9b::10.0.0.1 64:ff9b:1::808:808 2001::1 2001:db8::1 2002:0808:0808::1 fc00::1 fd12::1
fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 not-an-address 1.2.3
"""
PUBLIC = """
1.1.1.1 8.8.8.8 172.15.0.1 172.32.0.1 100.63.255.255 100.128.0.0 ::ffff:8.8.8.8 64:ff9b::808:808 2606:4700::6810:85e5
"""


@pytest.mark.parametrize("ip", PRIVATE.split())
def test_a_private_address_is_forbidden_however_it_is_wrapped(ip: str) -> None:
    assert forbidden_address(ip)


@pytest.mark.parametrize("ip", PUBLIC.split())
def test_a_public_address_is_not_forbidden(ip: str) -> None:
    assert not forbidden_address(ip)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "view-source:https://a.example",
        "//a.example/",
        "a.example",
        "",
        "http://",
        "http:///path",
        "http://user:word@a.example/",
        "http://a.example@127.0.0.1/",
        "http://127.0.0.1:8888\\@a.example/",
        "http://a.example/\r\nHost: b",
        "http://a.example /",
        "http://a.example:99999/",
        "http://[::1/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://x.localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://127.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://0/",
        "http://999.1.1.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://①②⑦.0.0.1/",
        "http://127。0。0。1/",
    ],
)
def test_an_address_that_may_not_be_requested_is_refused_by_its_form(url: str) -> None:
    assert forbidden_url(url) is not None


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1", "HTTP://A.example:8080/", "https://bücher.example/", "http://8.8.8.8/"]
)
def test_an_ordinary_address_passes(url: str) -> None:
    assert forbidden_url(url) is None


def test_a_private_host_passes_only_when_it_is_allowed_by_name() -> None:
    assert forbidden_url("http://127.0.0.1:8080/", {"127.0.0.1"}) is None
    assert forbidden_url("http://127.0.0.1:8080/", {"127.0.0.1:8080"}) is None
    assert forbidden_url("http://[::1]:8080/", {"[::1]:8080"}) is None
    assert forbidden_url("http://127.0.0.1:8081/", {"127.0.0.1:8080"}) == "the host 127.0.0.1 is a private address"
    assert forbidden_url("http://127.0.0.2:8080/", {"127.0.0.1"}) is not None
    assert forbidden_url("file://127.0.0.1/x", {"127.0.0.1"}) is not None
