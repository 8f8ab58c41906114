"""Regions: the same terms as seen from several places, each a history of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from clausewatch.cli import state
from crawler.declarations import Source, Watch, load
from crawler.regions import Region
from diffing.fault import FaultReason
from tests.support.browsing import needs_chromium
from tests.support.certificates import self_signed, server_context
from tests.support.command import Command, command
from tests.support.crawling import terms, visit
from tests.support.proxy import proxying
from tests.support.server import Asked, Reply, serving

run = pytest.fixture(command)

PAGE = "<main><h1>Privacy</h1><p>We keep your posts while you have an account with us.</p></main>"


def declared(folder: Path, terms: object, **file: object) -> list[tuple[str, str]]:
    (folder / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms, **file}))
    found = load([folder])
    assert found.problems == (), found.problems
    return [(one.terms, one.watch.region) for one in found]


def problem(folder: Path, terms: object) -> str:
    (folder / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": terms}))
    (found,) = load([folder]).problems
    return f"{found.what}; {found.todo}"


def test_terms_seen_from_several_regions_are_as_many_terms(tmp_path: Path) -> None:
    privacy = {"fetch": "https://nord.example/", "watch": {"regions": ["ie", "US", "ie"]}}
    assert declared(tmp_path, {"Privacy Policy": privacy, "Imprint": {"fetch": "https://nord.example/"}}) == [
        ("Privacy Policy (IE)", "IE"),
        ("Privacy Policy (US)", "US"),
        ("Imprint", ""),
    ]


def test_regions_of_the_file_hold_for_terms_that_name_none(tmp_path: Path) -> None:
    page = {"fetch": "https://nord.example/"}
    own = {**page, "watch": {"region": "FR"}}
    assert declared(tmp_path, {"A": page, "B": own}, watch={"regions": ["IE", "US"]}) == [
        ("A (IE)", "IE"),
        ("A (US)", "US"),
        ("B", "FR"),
    ]


def test_mistakes_about_regions_are_told(tmp_path: Path) -> None:
    def watched(**watch: object) -> dict[str, object]:
        return {"fetch": "https://nord.example/", "watch": watch}

    assert problem(tmp_path, {"A": watched(regions=["IE"]), "A (IE)": watched()}) == (
        'key "regions" makes "A (IE)", which is declared too; rename one of them'
    )
    assert problem(tmp_path, {"A": watched(regions=["IE"], region="US")}) == (
        'key "region" is \'US\'; leave it out, or leave out "regions"'
    )
    assert problem(tmp_path, {"A": watched(regions=["Ireland!"])}) == (
        'key "regions" is \'Ireland!\'; give a country such as "IE", or a name of [regions.NAME]'
    )
    assert problem(tmp_path, {"A": watched(regions=7)}) == 'key "regions" is 7; give a text or a list of texts'


def test_language_and_cookies_of_a_region_are_sent_and_cookies_only_to_their_host() -> None:
    with serving({"/privacy": PAGE}) as there, serving({}) as server:
        away = there.url.replace("127.0.0.1", "localhost")
        server.pages = {"/privacy": Reply(status=302, headers={"Location": f"{away}/privacy"})}
        regions = {"IRELAND": Region(accept_language="en-IE, ga;q=0.5", cookies={"127.0.0.1": "region=ie"})}
        target = terms(Source(fetch=f"{server.url}/privacy"), watch=Watch(region="IRELAND", language="en"))
        visit([target], CLAUSEWATCH_REGIONS=regions, CLAUSEWATCH_ALLOW_HOSTS=["127.0.0.1", "localhost"])
    (first,) = [asked for asked in server.requests if asked.path == "/privacy"]
    (second,) = [asked for asked in there.requests if asked.path == "/privacy"]
    assert (first.headers["accept-language"], first.headers["cookie"]) == ("en-IE, ga;q=0.5", "region=ie")
    assert (second.headers["accept-language"], second.headers.get("cookie")) == ("en-IE, ga;q=0.5", None)


def test_a_country_without_a_table_is_asked_for_by_language_alone() -> None:
    with serving({"/privacy": PAGE}) as server:
        visit([terms(Source(fetch=f"{server.url}/privacy"), watch=Watch(region="IE"))])
    assert server.requests[-1].headers["accept-language"] == "en-IE,en;q=0.9"


def through(proxy_port: int, url: str, *, password: str = "", **settings: Any):  # type: ignore[no-untyped-def]
    region = Region(proxy=f"http://{password}127.0.0.1:{proxy_port}")
    target = terms(Source(fetch=url, select=("main",)), watch=Watch(region="FAR"))
    return visit([target], CLAUSEWATCH_REGIONS={"FAR": region}, ROBOTSTXT_OBEY=False, **settings)


def test_a_region_with_a_proxy_is_seen_through_it() -> None:
    with serving({"/privacy": PAGE}) as server:
        url = f"{server.url}/privacy"
        with proxying({url: PAGE.replace("posts", "letters")}) as proxy:
            kept, _ = through(proxy.port, url, password="watch:s%20cret@")
    assert "We keep your letters" in kept.text
    assert server.requests == []
    ((asked, headers),) = proxy.asked
    assert (asked, headers["proxy-authorization"]) == (url, "Basic d2F0Y2g6cyBjcmV0")


def test_a_proxy_does_not_open_the_way_to_private_addresses() -> None:
    with proxying({"http://10.0.0.7/": PAGE, "http://localhost/": PAGE}) as proxy:
        for url in ("http://10.0.0.7/", "http://localhost/"):
            kept, _ = through(proxy.port, url)
            assert [fault.reason for _, fault in kept.faults] == [FaultReason.FORBIDDEN_ADDRESS]
        own = f"http://127.0.0.1:{proxy.port}/"
        kept, _ = through(proxy.port, own, CLAUSEWATCH_ALLOW_HOSTS=[])
        assert [fault.reason for _, fault in kept.faults] == [FaultReason.FORBIDDEN_ADDRESS]
    assert proxy.asked == []


def test_what_a_region_s_proxy_asks_for_is_never_shown() -> None:
    region = Region(proxy="http://user:hunter2@proxy.example:3128", cookies={"a.example": "session=hunter2"})
    assert "hunter2" not in repr(region)
    assert (region.proxy_address, region.proxy_host) == ("http://proxy.example:3128", "proxy.example:3128")


def test_two_regions_are_crawled_apart_and_compared(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(asked: Asked) -> str | None:
        american = asked.headers.get("accept-language", "").startswith("en-US")
        more = "<p>We share your posts with Microsoft to show you ads.</p>" if american else ""
        return PAGE.replace("</main>", f"{more}</main>") if asked.path == "/privacy" else None

    monkeypatch.chdir(tmp_path)
    state.config_file = None
    (tmp_path / "t").mkdir()
    with serving(pages) as server:
        watch = {"regions": ["IE", "US", "MARS"], "language": "en"}
        content = {"Privacy Policy": {"fetch": f"{server.url}/privacy", "select": "main", "watch": watch}}
        (tmp_path / "t" / "Nord.json").write_text(json.dumps({"name": "Nord", "terms": content}))
        config = 'targets = ["t"]\n[crawl]\ndelay = 0\nallow_hosts = ["127.0.0.1"]\n'
        (tmp_path / "clausewatch.toml").write_text(config + '[regions.us]\naccept_language = "en-US"\n')
        assert 'region "MARS" is no country' in " ".join(run("targets", "check").err.split())
        assert [line["outcome"] for line in run("crawl", "Nord", "--json").lines] == ["new"] * 3
    (line,) = run("diff", "Nord/Privacy Policy (IE)", "Nord/Privacy Policy (US)", "--json").lines
    assert line["topics"] == ["microsoft_ads"]
    assert run("diff", "Nord/Privacy Policy (FR)", "Nord/Privacy Policy (US)").code == 1


def test_a_proxy_that_is_none_is_a_mistake_of_the_configuration(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clausewatch.toml").write_text('[regions.US]\nproxy = "socks5://user:hunter2@a.example:1"\n')
    ran = run("targets", "list")
    assert ran.code == 1
    assert "regions.US.proxy" in ran.err
    assert "hunter2" not in ran.err


def test_an_encrypted_page_is_seen_through_the_proxy_which_learns_its_host_alone(tmp_path: Path) -> None:
    with (
        serving({"/privacy": PAGE}, tls=server_context(self_signed(tmp_path))) as server,
        proxying({}) as proxy,
    ):
        url = f"{server.url}/privacy"
        kept, _ = through(proxy.port, url, password="watch:secret@", DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert "We keep your posts" in kept.text
    ((asked, headers),) = proxy.asked
    assert asked == server.url.removeprefix("https://")
    assert headers["proxy-authorization"] == "Basic d2F0Y2g6c2VjcmV0"
    assert "proxy-authorization" not in server.requests[-1].headers


SCRIPTED = """<main id=app></main><script>fetch('/more').then(answer => answer.text()).then(more => {
app.innerHTML = '<h1>Privacy</h1><p>' + more + ' Cookies: ' + (document.cookie || 'hidden') + '.</p>' })</script>"""


@needs_chromium
@pytest.mark.timeout(120)
@pytest.mark.xdist_group("browser")
def test_a_page_in_the_browser_is_seen_through_the_proxy_with_all_it_loads_and_with_the_region_s_cookies() -> None:
    with serving({}) as server, proxying({}) as proxy:
        url = f"{server.url}/privacy"
        proxy.pages = {url: SCRIPTED, f"{server.url}/more": "We keep your letters."}
        region = Region(
            proxy=f"http://watch:secret@127.0.0.1:{proxy.port}", cookies={"127.0.0.1": "region=ie; plan=a=b"}
        )
        kept, _ = visit(
            [terms(Source(fetch=url, select=("main p",), browser=True), watch=Watch(region="FAR"))],
            CLAUSEWATCH_REGIONS={"FAR": region},
            CLAUSEWATCH_CHROMIUM="",
            ROBOTSTXT_OBEY=False,
        )
    assert kept.text == "We keep your letters. Cookies: hidden.\n"
    assert server.requests == []
    asked = {address: headers for address, headers in proxy.asked if not address.endswith("favicon.ico")}
    assert list(asked) == [url, f"{server.url}/more"]
    for headers in asked.values():
        assert headers["cookie"] == "region=ie; plan=a=b"
        assert headers["proxy-authorization"] == "Basic d2F0Y2g6c2VjcmV0"


@needs_chromium
@pytest.mark.timeout(120)
@pytest.mark.xdist_group("browser")
def test_a_region_s_proxy_that_is_down_is_a_fault_of_the_connection_in_the_browser_too() -> None:
    target = terms(Source(fetch="http://127.0.0.1:9/privacy", browser=True), watch=Watch(region="FAR"))
    regions = {"FAR": Region(proxy="http://127.0.0.1:9")}
    kept, _ = visit([target], CLAUSEWATCH_REGIONS=regions, CLAUSEWATCH_CHROMIUM="", ROBOTSTXT_OBEY=False)
    ((_, fault),) = kept.faults
    assert fault.reason is FaultReason.CONNECTION
