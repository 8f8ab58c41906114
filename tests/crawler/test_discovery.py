"""Finding the pages of a site: from its links, footer, hubs, sitemaps and well-known paths, in seven languages."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from crawler.declarations import load
from crawler.discovery import Discovery, discover, written
from crawler.errors import DeclarationError, DiscoveryError
from crawler.previews import previews
from crawler.run import fetch
from crawler.sitemaps import addresses, sitemap_lines
from crawler.vocabulary import vocabulary
from diffing.fault import Fault
from tests.support.crawling import SETTINGS
from tests.support.pages import capture
from tests.support.server import Answer, Asked, Reply, Server, serving


def text(title: str, language: str = "en", number: int = 30) -> str:
    clauses = "".join(f"<p>This is clause number {n} of what we tell you here about it.</p>" for n in range(number))
    return (
        f"<html lang={language}><title>{title} | Nord</title><body><nav><a href='/'>Home</a></nav>"
        f"<main><h1>{title}</h1>{clauses}</main></body></html>"
    )


def home(*links: tuple[str, str], language: str = "en", body: str = "", head: str = "") -> str:
    footer = "".join(f"<li><a href='{href}'>{words}</a></li>" for href, words in links)
    return (
        f"<html lang={language}><head><title>Nord</title>{head}</head><body><main><p>Welcome.</p>{body}</main>"
        f"<footer><ul>{footer}</ul></footer></body></html>"
    )


Sited = Callable[[Mapping[str, Answer]], Discovery]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({}) as serve:
        yield serve


@pytest.fixture
def found(server: Server) -> Sited:
    """What is found of a site with those pages."""

    def search(pages: Mapping[str, Answer]) -> Discovery:
        server.pages = pages
        return discover(f"{server.url}/", lambda asked: fetch(asked, settings=SETTINGS))

    return search


def kinds(server: Server, discovery: Discovery) -> dict[str, str]:
    return {one.kind: one.url.removeprefix(server.url) for one in discovery.found}


def test_policies_are_found_from_the_footer_with_score_and_reasons(server: Server, found: Sited) -> None:
    pages = {
        "/": home(
            ("/legal/privacy", "Privacy Policy"), ("/legal/tos", "Terms"), ("/c", "Cookie Policy"), ("/jobs", "Jobs")
        ),
        "/legal/privacy": text("Privacy Policy"),
        "/legal/tos": text("Terms of Service"),
        "/c": text("Cookie Policy"),
    }
    discovery = found(pages)
    assert kinds(server, discovery) == {
        "Privacy Policy": "/legal/privacy", "Terms of Service": "/legal/tos", "Trackers Policy": "/c",
    }  # fmt: skip
    privacy = next(one for one in discovery.found if one.kind == "Privacy Policy")
    assert (privacy.score, privacy.select, privacy.language) == (1.0, ("main",), "en")
    assert privacy.why == (
        'linked as "privacy policy"',
        '"privacy" in its address',
        "in the footer",
        'titled "privacy policy"',
        "1,850 characters",
    )


@pytest.mark.parametrize(
    ("language", "privacy", "terms"),
    [
        ("en", "Privacy Notice", "Terms of Use"),
        ("fr", "Politique de confidentialité", "Conditions générales d’utilisation"),
        ("de", "Datenschutzerklärung", "Nutzungsbedingungen"),
        ("es", "Política de privacidad", "Términos y condiciones"),
        ("it", "Informativa sulla privacy", "Termini e condizioni"),
        ("nl", "Privacyverklaring", "Algemene voorwaarden"),
        ("pt", "Política de Privacidade", "Termos de Uso"),
    ],
)
def test_policies_are_known_in_seven_languages(
    server: Server, found: Sited, language: str, privacy: str, terms: str
) -> None:
    pages = {
        "/": home(("/a", privacy), ("/b", terms), language=language),
        "/a": text(privacy, language),
        "/b": text(terms, language),
    }
    assert kinds(server, found(pages)) == {"Privacy Policy": "/a", "Terms of Service": "/b"}


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "nl", "pt"])
def test_well_known_paths_are_tried_where_no_link_leads(server: Server, found: Sited, language: str) -> None:
    path = vocabulary().kind("Privacy Policy").paths[language][-1]
    discovery = found({"/": home(language=language), path: text("Privacy", language)})
    assert kinds(server, discovery) == {"Privacy Policy": path}
    assert "at a well-known path" in discovery.found[0].why


def test_a_page_that_lists_the_terms_is_looked_into(server: Server, found: Sited) -> None:
    hub = home(("/x/1", "Privacy Statement"), ("/x/2", "Advertising Policies"), ("/x/3", "Generative AI"))
    pages = {"/": home(("/legal", "Legal")), "/legal": hub, "/x/1": text("Privacy Statement")}
    pages |= {"/x/2": text("Advertising Policies"), "/x/3": text("Generative AI")}
    assert kinds(server, found(pages)) == {
        "Privacy Policy": "/x/1", "Advertising Policy": "/x/2", "AI Policy": "/x/3",
    }  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_that_robots_txt_names_is_read_also_packed_and_behind_an_index(
    server: Server, found: Sited, packed: bool
) -> None:
    root = server.url
    listed = (
        f"<urlset><url><loc>{root}/firma/datenschutz</loc></url><url><loc>{root}/lamps</loc></url></urlset>".encode()
    )
    index = f"<sitemapindex><sitemap><loc>{root}/pages.xml</loc></sitemap></sitemapindex>"
    pages: dict[str, Answer] = {
        "/": home(),
        "/robots.txt": Reply(body=f"User-agent: *\nAllow: /\nSitemap: {root}/maps/index.xml\n"),
        "/maps/index.xml": Reply(body=index, headers={"Content-Type": "application/xml"}),
        "/pages.xml": Reply(
            body=gzip.compress(listed) if packed else listed, headers={"Content-Type": "application/xml"}
        ),
        "/firma/datenschutz": text("Datenschutz", "de"),
    }
    assert kinds(server, found(pages)) == {"Privacy Policy": "/firma/datenschutz"}
    assert "/lamps" not in server.paths


def test_a_blog_is_found_with_its_feed(server: Server, found: Sited) -> None:
    item = f"<item><title>One</title><link>{server.url}/1</link></item>"
    feed = f"<rss version='2.0'><channel><title>N</title>{item}</channel></rss>"
    link = "<link rel=alternate type=application/rss+xml href=/feed.xml>"
    pages: dict[str, Answer] = {
        "/": home(("/news", "Newsroom")),
        "/news": home(head=link),
        "/feed.xml": Reply(body=feed, headers={"Content-Type": "application/rss+xml"}),
    }
    (blog,) = found(pages).found
    assert (blog.kind, blog.url, blog.feed) == ("Blog", f"{server.url}/news", f"{server.url}/feed.xml")


def test_a_likely_page_that_cannot_be_read_is_told_and_not_declared(server: Server, found: Sited) -> None:
    discovery = found({"/": home(("/privacy", "Privacy Policy"))})
    assert discovery.found == ()
    assert discovery.notes == (f"{server.url}/privacy: likely Privacy Policy, but the page is gone (status 404)",)


def test_a_page_of_another_site_and_a_post_about_privacy_score_low(server: Server, found: Sited) -> None:
    pages = {"/": home(("/blog/privacy", "Privacy at work"), ("/p", "Privacy Policy")), "/p": text("Privacy Policy")}
    pages["/blog/privacy"] = text("Privacy at work")
    assert kinds(server, found(pages)) == {"Privacy Policy": "/p"}
    away = found({"/": home(("https://10.1.2.3/privacy", "Privacy Policy"))})
    assert "private address" in away.notes[0]


def test_a_search_is_bounded_and_obeys_robots(server: Server, found: Sited) -> None:
    def pages(asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return Reply(body="User-agent: *\nDisallow: /secret\n", headers={"Content-Type": "text/plain"})
        return home(*[(f"{asked.path}/privacy-{n}", "Privacy Policy") for n in range(200)], ("/secret/terms", "Terms"))

    found(pages)  # type: ignore[arg-type]
    assert len(server.paths) <= 48
    assert not [path for path in server.paths if path.startswith("/secret")]


def test_a_site_that_cannot_be_read_is_an_error_with_what_to_do(server: Server, found: Sited) -> None:
    with pytest.raises(DiscoveryError) as wrong:
        found({"/": Reply(status=403)})
    assert str(wrong.value).endswith("; give the address of another page of the site")


BOMB = b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">]><urlset><url><loc>&a;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (BOMB, "the sitemap has a document type, which none needs"),
        (b"<urlset><url><loc>https://x", "the sitemap is no XML"),
        (b"<urlset></urlset>", "the sitemap lists no address"),
        (b"no sitemap at all", "the answer is no sitemap"),
        (gzip.compress(b"<" + b" " * 30_000_000), "the sitemap has more than 20 MB"),
        (b"\x1f\x8b\x08broken", "the answer is no sitemap"),
    ],
)
def test_a_bad_sitemap_is_a_fault_and_no_harm(body: bytes, what: str) -> None:
    listed = addresses(capture(body, content_type="application/xml"))
    assert isinstance(listed, Fault)
    assert listed.what == what


def test_sitemap_lines_of_robots_txt_are_read_whatever_their_case() -> None:
    robots = capture(b"\xef\xbb\xbfSITEMAP: https://a.example/1\n# Sitemap: no\nsitemap:https://a.example/2 \n")
    assert sitemap_lines(robots) == ("https://a.example/1", "https://a.example/2")


@pytest.mark.parametrize(
    ("html", "coming"),
    [
        ('<a href="/legal/preview/user-agreement">See what changes</a>', True),
        ('<a href="/terms-next">Preview the upcoming terms of service</a>', True),
        ('<a href="/terms-2025">our new terms</a>', True),
        ('<a href="/cgu-2026">Nouvelles conditions générales</a>', True),
        ('<a href="/agb-neu">Die künftige Fassung der Nutzungsbedingungen</a>', True),
        ('<a href="/privacy">our updated privacy policy</a>', False),
        ('<a href="/terms">Terms of Service</a>', False),
        ('<a href="/preview/lamps">Preview our lamps</a>', False),
        ('<a href="https://other.example/preview/terms">Preview the terms</a>', False),
        ('<a href="/blog/2025">New version of our app</a>', False),
    ],
)
def test_terms_to_come_are_told_from_links_to_those_in_force(html: str, coming: bool) -> None:
    soup = BeautifulSoup(html.replace('href="/', 'href="https://nord.example/'), "lxml")
    assert bool(previews(soup, "https://nord.example/legal")) is coming


def test_a_declaration_is_written_whole_and_added_to(tmp_path: Path) -> None:
    path = written(tmp_path, "Nord/../x", {"Privacy Policy": {"fetch": "https://nord.example/p"}}, language="en")
    assert path == tmp_path / "Nord .. x.json"
    written(tmp_path, "Nord/../x", {"Imprint": {"fetch": "https://nord.example/i", "select": ["main"]}})
    assert [one.terms for one in load([tmp_path])] == ["Privacy Policy", "Imprint"]
    assert json.loads(path.read_text())["watch"] == {"language": "en"}
    with pytest.raises(DeclarationError, match='terms "Imprint" are declared already'):
        written(tmp_path, "Nord/../x", {"Imprint": {"fetch": "https://nord.example/j"}})
    with pytest.raises(DeclarationError, match="is no name a file can have"):
        written(tmp_path, "../..", {})
    with pytest.raises(DeclarationError, match="is no folder"):
        written(tmp_path / "absent", "Nord", {})
    assert [file.name for file in tmp_path.iterdir()] == ["Nord .. x.json"]
