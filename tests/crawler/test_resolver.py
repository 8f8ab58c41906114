import socket

import pytest

from crawler.declarations import Source
from crawler.resolver import RefusedHost, look_up, public_only
from crawler.settings import base
from diffing.fault import FaultReason
from tests.support.crawling import terms, visit
from tests.support.server import serving


def test_a_name_that_leads_to_this_machine_is_refused() -> None:
    with pytest.raises(RefusedHost):
        look_up("localhost", 80, ())


def test_a_name_may_lead_to_this_machine_when_it_is_allowed() -> None:
    found = look_up("localhost", 80, {"localhost"})
    assert {entry[4][0] for entry in found} & {"127.0.0.1", "::1"}


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "::ffff:127.0.0.1"])
def test_odd_forms_of_a_private_address_are_refused_by_what_they_lead_to(host: str) -> None:
    with pytest.raises(RefusedHost):
        look_up(host, 80, ())


def test_of_a_name_with_public_and_private_addresses_only_the_public_are_kept() -> None:
    mixed = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("10.0.0.1", "93.184.215.14")]
    assert [entry[4][0] for entry in public_only(mixed)] == ["93.184.215.14"]


def test_a_connection_is_refused_by_the_resolver_even_where_the_gate_before_it_is_open() -> None:
    with serving({"/": "<main>Secret.</main>"}) as server:
        url = server.url.replace("127.0.0.1", "2130706433")
        closed = {**base()["DOWNLOADER_MIDDLEWARES"], "crawler.middlewares.gate.GateMiddleware": None}
        kept, _ = visit([terms(Source(fetch=url))], DOWNLOADER_MIDDLEWARES=closed, ROBOTSTXT_OBEY=False)
    ((_, fault),) = kept.faults
    assert (fault.reason, fault.what) == (
        FaultReason.FORBIDDEN_ADDRESS,
        "every address of this host is private or reserved",
    )
    assert server.requests == []
