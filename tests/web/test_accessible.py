"""The pages in a real browser: readable for everyone (WCAG 2.2 AA), on a phone, and by key."""

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from clausewatch.web.reading import read_due
from clausewatch.web.site import Site
from clausewatch.web.slugs import document_slug, service_slug
from tests.support.flagging import topics
from tests.support.web import POLICY, TOKEN, filled, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with filled(tmp_path_factory.mktemp("seen"), token=TOKEN) as filled_site:
        read_due(filled_site.archive, topics())
        yield filled_site


@pytest.fixture(scope="module")
def address(over: Site) -> Iterator[str]:
    with served(over) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def paths(over: Site) -> list[str]:
    change = next(change.id for change in over.archive.changes(topic="ai_training") if change.before)
    newest = over.archive.versions(POLICY)[-1].id
    return [
        "/",
        "/fr/?show=all",
        f"/change/{change}",
        f"/fr/change/{change}?view=side&whole=yes",
        f"/terms/{document_slug(POLICY)}",
        f"/version/{newest}",
        "/services",
        f"/service/{service_slug(POLICY.service)}",
        "/topic/ai_training",
        "/search?q=train*",
        "/coming-up",
        "/health",
        "/about",
        "/year/2025",
        "/api/v1/docs",
        "/sign-in",
        "/nothing",
    ]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_page_is_readable_for_everyone(
    over: Site, address: str, chromium: Browser, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # the checker itself is a script in the page
    )
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for path in paths(over):
        page.goto(address + path)
        found = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append("the page is wider than the screen")
        if found:
            wrong[path] = found
    context.close()
    assert wrong == {}


def test_keys_go_from_flag_to_flag_and_nothing_the_page_forbids_is_tried(
    over: Site, address: str, chromium: Browser
) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + paths(over)[2])
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className").split()[-1] == "flagged"
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == first
    page.close()
    assert complaints == []
