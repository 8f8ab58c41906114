"""Pages in real Chromium: one crawl over all of them, and what came of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from crawler.declarations import Range, Source
from diffing.fault import FaultReason
from tests.support.browsing import needs_chromium
from tests.support.crawling import Kept, terms, visit
from tests.support.server import Answer, Asked, Reply, Server, serving

pytestmark = [needs_chromium, pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

LATE = """<!doctype html><title>Privacy</title><main id=app></main><script>setTimeout(() => {
document.querySelector('#app').innerHTML = '<h1>Privacy</h1><p>We keep your name.</p>' }, 300)</script>"""
SHELL = """<!doctype html><title>Privacy</title><div id=app></div><script>
document.querySelector('#app').innerHTML = '<article><p>Written by a script.</p></article>'</script>"""
COLLAPSED = """<main><h1>Terms</h1><details><summary>Folded</summary><p>In details.</p></details>
<button aria-expanded=false
onclick="this.ariaExpanded=true; this.insertAdjacentHTML('afterend', '<p>Loaded late.</p>')">
More</button>
<form><button aria-expanded=false onclick="this.parentElement.innerHTML='<p>Sent.</p>'">Send</button></form>
<nav><button aria-expanded=false onclick="location='/elsewhere'">Menu</button></nav></main>"""
LEADS_AWAY = """<main><p>Stays here.</p>
<button aria-expanded=false onclick="location='/elsewhere'">More</button></main>"""
DIALOGS = """<main><p>Behind dialogs.</p></main><script>
alert('one'); confirm('two'); prompt('three'); onbeforeunload = () => 'stay'; window.open('/popup')</script>"""
CURIOUS = """<main><p id=said>Nothing.</p></main><img src="/picture.png">
<video src="/film.mp4" autoplay></video><script>
const tried = name => name.then(() => 'reached', () => 'refused')
const socket = url => new Promise((yes, no) => {
  const s = new WebSocket(url); s.onopen = yes; s.onerror = no })
const blind = url => tried(fetch(url, {mode: 'no-cors'}))
Promise.all([blind('OTHER/secret'), blind('http://localhost:PORT/secret'), tried(socket('ws://127.0.0.1:PORT/secret')),
  blind('/moved'), blind('http://10.0.0.1/'), Promise.resolve(typeof RTCPeerConnection)])
.then(all => document.querySelector('#said').textContent = 'Tried: ' + all.join(', '))
navigator.serviceWorker?.register('/worker.js')</script>"""
SHADOWS = """<main><policy-text><h2 slot=title>What we keep</h2><p>Put in no slot.</p></policy-text></main><script>
class Text extends HTMLElement { connectedCallback() { const root = this.attachShadow({mode: 'open'})
  setTimeout(() => root.innerHTML = '<style>p {color: red}</style><h1>Privacy</h1><slot name=title>Untitled</slot>'
    + '<p>We keep your name.</p><policy-part></policy-part>', 300) } }
class Part extends HTMLElement { constructor() { super()
  const root = this.attachShadow({mode: 'open'})
  root.innerHTML = '<details><p>Inside of inside.</p></details><slot>By default.</slot>' } }
customElements.define('policy-part', Part); customElements.define('policy-text', Text)</script>"""
COOKIE = """<main><p id=said></p></main><script>
document.querySelector('#said').textContent = 'Cookies: ' + (document.cookie || 'none')
document.cookie = 'id=1; path=/'; localStorage.id = 1</script>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What came of each page, by its path: its text, or the reason of its fault."""

    server: Server
    other: Server
    kept: Kept

    def text(self, path: str) -> str:
        (found,) = (seen.text for seen in self.kept.observations if seen.document.terms == path)
        return found

    def fault(self, path: str) -> FaultReason:
        (found,) = (fault.reason for document, fault in self.kept.faults if document.terms == path)
        return found

    def asked(self, path: str) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.server.requests if asked.path == path)


OLD = {"Content-Type": "text/html; charset=windows-1252"}


def pages(server: Server, other: Server) -> Mapping[str, Answer]:
    gone = {"Location": f"{other.url}/secret"}
    curious = CURIOUS.replace("OTHER", other.url).replace("PORT", other.url.rpartition(":")[2])
    return {
        "/late": LATE,
        "/range": LATE.replace("<h1>", "<p>Before.</p><h1>").replace("name.</p>", "name.</p><hr><p>After.</p>"),
        "/shell": SHELL,
        "/never": SHELL,
        "/collapsed": COLLAPSED,
        "/leads-away": LEADS_AWAY,
        "/dialogs": DIALOGS,
        "/shadows": SHADOWS,
        "/curious": curious,
        "/cookie": Reply(body=COOKIE, headers={"Set-Cookie": "session=1; Path=/; HttpOnly"}),
        "/cookie-again": COOKIE,
        "/to-private": Reply(status=302, headers=gone),
        "/moved": Reply(status=302, headers=gone),
        "/to-other": Reply(status=302, headers={"Location": "/late"}),
        "/script-to-private": f"<main>Text.</main><script>location = '{other.url}/secret'</script>",
        "/download": Reply(body=b"\0\1", headers={"Content-Type": "application/zip"}),
        "/huge": "<main id=app></main><script>app.innerHTML = '<p>' + 'a'.repeat(3e6)</script>",
        "/much": Reply(body=(b"<p>" + b"a" * 99_997 for _ in range(200))),
        "/charset": Reply(body="<main>caf\u00e9 \u20ac</main>".encode("cp1252"), headers=OLD),
        "/elsewhere": "<main>Elsewhere.</main>",
        "/status": Reply(status=404),
        "/popup": "<script>opener.document.body.innerHTML = '<main>Replaced.</main>'</script>",
    }  # fmt: skip


BROWSED = (
    "/late", "/collapsed", "/leads-away", "/dialogs", "/shadows", "/curious", "/cookie", "/cookie-again", "/to-private",
    "/to-other", "/script-to-private", "/download", "/huge", "/much", "/charset", "/status",
)  # fmt: skip


@pytest.fixture(scope="module")
def crawled() -> Iterator[Crawled]:
    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/only-browsers":
            return LATE if "Chrome/" in asked.headers["user-agent"] else Reply(status=403)
        return mapping.get(asked.path)

    with serving({"/secret": "<main>Secret.</main>"}) as other, serving(answer) as server:
        mapping = pages(server, other)
        select = ("main",)
        sources = {path: Source(fetch=server.url + path, select=select, browser=True) for path in BROWSED}
        sources["/range"] = Source(
            fetch=f"{server.url}/range", select=(Range(start="h1", end="hr"),), browser=True
        )  # fmt: skip
        sources["/shell"] = Source(fetch=f"{server.url}/shell", select=("#app",))
        sources["/never"] = Source(fetch=f"{server.url}/never", select=("#app",), browser=False)
        sources["/only-browsers"] = Source(fetch=f"{server.url}/only-browsers", select=select)
        kept, _ = visit(
            [terms(source, name=path) for path, source in sources.items()],
            CLAUSEWATCH_CHROMIUM="",
            CLAUSEWATCH_ALLOW_HOSTS=[server.url.removeprefix("http://")],
            CLAUSEWATCH_BROWSER_PAGES=4,
            DOWNLOAD_MAXSIZE=2_000_000,
            DOWNLOAD_TIMEOUT=20,
        )
        yield Crawled(server=server, other=other, kept=kept)


def test_text_that_a_script_writes_late_is_waited_for(crawled: Crawled) -> None:
    assert crawled.text("/late") == "Privacy\n=======\n\nWe keep your name.\n"


def test_the_ends_of_a_range_are_waited_for(crawled: Crawled) -> None:
    assert crawled.text("/range") == "Privacy\n=======\n\nWe keep your name.\n"


def test_a_page_that_is_empty_without_scripts_is_read_in_the_browser(crawled: Crawled) -> None:
    assert crawled.text("/shell") == "Written by a script.\n"
    assert ["Chrome/" in asked.headers["user-agent"] for asked in crawled.asked("/shell")] == [False, True]


def test_a_site_that_lets_only_browsers_in_is_read_in_the_browser(crawled: Crawled) -> None:
    assert crawled.text("/only-browsers").endswith("We keep your name.\n")


def test_a_page_that_is_declared_to_need_no_scripts_is_never_read_in_the_browser(crawled: Crawled) -> None:
    assert crawled.fault("/never") is FaultReason.EMPTY
    assert len(crawled.asked("/never")) == 1


def test_collapsed_sections_are_opened_but_no_form_is_sent_and_no_menu_followed(crawled: Crawled) -> None:
    text = crawled.text("/collapsed")
    assert "In details." in text
    assert "Loaded late." in text
    assert "Sent." not in text
    assert "Elsewhere." not in text


def test_a_section_that_leads_away_when_opened_leaves_the_page_as_it_was(crawled: Crawled) -> None:
    assert crawled.text("/leads-away").startswith("Stays here.")


def test_dialogs_are_dismissed_and_pop_ups_closed(crawled: Crawled) -> None:
    assert crawled.text("/dialogs") == "Behind dialogs.\n"


def test_text_in_open_shadow_roots_is_read_where_it_is_shown(crawled: Crawled) -> None:
    assert crawled.text("/shadows") == (
        "Privacy\n=======\n\nWhat we keep\n------------\n\nWe keep your name.\n\nInside of inside.\n\nBy default.\n"
    )


def test_what_a_page_loads_reaches_no_private_address_by_any_way(crawled: Crawled) -> None:
    assert crawled.text("/curious") == "Tried: refused, refused, refused, refused, refused, undefined\n"
    assert crawled.other.requests == []


def test_no_service_worker_is_left_behind(crawled: Crawled) -> None:
    assert crawled.asked("/worker.js") == ()


def test_pictures_and_films_are_not_loaded(crawled: Crawled) -> None:
    assert crawled.asked("/picture.png") == crawled.asked("/film.mp4") == ()


def test_no_cookie_outlives_its_visit(crawled: Crawled) -> None:
    assert (crawled.text("/cookie"), crawled.text("/cookie-again")) == ("Cookies: none\n",) * 2
    (again,) = crawled.asked("/cookie-again")
    assert "cookie" not in again.headers


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/to-private", FaultReason.FORBIDDEN_ADDRESS),
        ("/script-to-private", FaultReason.FORBIDDEN_ADDRESS),
        ("/download", FaultReason.CONTENT_TYPE),
        ("/huge", FaultReason.TOO_LARGE),
        ("/much", FaultReason.TOO_LARGE),
        ("/status", FaultReason.NOT_FOUND),
    ],
)
def test_a_page_that_gives_no_text_is_a_fault_with_its_reason(crawled: Crawled, path: str, reason: FaultReason) -> None:
    assert crawled.fault(path) is reason


def test_a_redirect_to_an_allowed_address_is_followed(crawled: Crawled) -> None:
    assert crawled.text("/to-other").endswith("We keep your name.\n")
    (seen,) = (seen for seen in crawled.kept.observations if seen.document.terms == "/to-other")
    assert seen.url == f"{crawled.server.url}/late"


def test_a_page_in_an_old_charset_is_read_right(crawled: Crawled) -> None:
    assert crawled.text("/charset") == "caf\u00e9 \u20ac\n"


def test_we_name_ourselves(crawled: Crawled) -> None:
    assert "Clausewatch/" in crawled.asked("/late")[0].headers["user-agent"]
