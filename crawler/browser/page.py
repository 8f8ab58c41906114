"""Reading a page in the browser: load it, wait for its text, open what is collapsed, take the HTML."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Dialog, Page, Request, Response, Route
from playwright.async_api import Error as BrowserError
from playwright.async_api import TimeoutError as BrowserTimeout

from crawler.browser import scripts

SELECTOR_SECONDS = 10.0
"""How long the declared selectors may take to match."""
SETTLE_SECONDS = 5.0
"""How long the text may go on growing."""
POLL_SECONDS = 0.25
QUIET_POLLS = 2
"""So many looks in a row must find the same text before it counts as settled."""
MAX_OPENED = 300
"""Collapsed sections that are opened; the longest help page seen has 90."""
UNWANTED = frozenset({"image", "media", "font", "ping", "texttrack", "manifest"})
"""Kinds of sub-requests that bring no text."""
NO_PAGE = "ERR_HTTP_RESPONSE_CODE_FAILURE"
"""Chromium's word for an answer of status 400 or more that has no content to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A page as the browser shows it. url: the final one. html: of its document, scripts run and sections open."""

    url: str
    status: int
    headers: dict[str, str]
    html: str


async def guard(page: Page) -> None:
    """Let nothing come of pop-ups and dialogs, and take from scripts what could pass the proxy by."""
    page.on("popup", _close)
    page.on("dialog", _dismiss)
    await page.add_init_script(scripts.GUARD)


async def read(page: Page, url: str, selectors: Sequence[str], *, seconds: float) -> Loaded:
    """Load an address and give the page once its text has settled.

    selectors: those that are declared; waited for, though not for ever. seconds: for the loading alone. Raises
    playwright's Error when the page does not load.
    """
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if is_of_page(answer.request) else None)
    try:
        await page.goto(url, wait_until="domcontentloaded", timeout=1000 * seconds)
    except BrowserError as error:
        if NO_PAGE not in error.message or not answers:
            raise
        return Loaded(url=answers[-1].url, status=answers[-1].status, headers=await answers[-1].all_headers(), html="")
    if answers and answers[-1].status < 400:
        await _wait_for(page, selectors, min(seconds, SELECTOR_SECONDS))
    html = await _opened(page, selectors)
    last = answers[-1]
    return Loaded(url=page.url, status=last.status, headers=await last.all_headers(), html=html)


def is_of_page(request: Request) -> bool:
    """Whether a request is for the page itself, and not for something on it."""
    return request.is_navigation_request() and request.frame.parent_frame is None


def is_unwanted(request: Request) -> bool:
    """Whether a sub-request can bring no text. Scrapy's setting PLAYWRIGHT_ABORT_REQUEST names it."""
    return request.resource_type in UNWANTED


async def _wait_for(page: Page, selectors: Sequence[str], seconds: float) -> None:
    if selectors:
        with contextlib.suppress(BrowserTimeout):
            await page.wait_for_function(scripts.MATCHED, arg=list(selectors), timeout=1000 * seconds)
    await _settle(page)


async def _settle(page: Page) -> None:
    """Wait until the text has stopped growing, or for as long as may be waited."""
    quiet, before = 0, -1
    for _ in range(int(SETTLE_SECONDS / POLL_SECONDS)):
        size = await page.evaluate(scripts.SIZE)
        quiet = quiet + 1 if size == before else 0
        if quiet >= QUIET_POLLS:
            return
        before = size
        await asyncio.sleep(POLL_SECONDS)


async def _opened(page: Page, selectors: Sequence[str]) -> str:
    """The HTML with collapsed sections open; as it was before when that took text away."""
    shown, size = await _html(page), await page.evaluate(scripts.SIZE)
    await page.route("**/*", _stay)
    if not await page.evaluate(scripts.OPEN, [list(selectors), MAX_OPENED]):
        return shown
    await _settle(page)
    return shown if await page.evaluate(scripts.SIZE) < size else await _html(page)


async def _html(page: Page) -> str:
    """The HTML of the document as it is shown, the text of open shadow roots in its place."""
    flat = await page.evaluate(scripts.FLAT)
    return flat if isinstance(flat, str) else await page.content()


async def _stay(route: Route) -> None:
    """Let the page load what it likes, but lead nowhere else."""
    await (route.abort("aborted") if is_of_page(route.request) else route.fallback())


async def _dismiss(dialog: Dialog) -> None:
    with contextlib.suppress(BrowserError):
        await dialog.dismiss()


async def _close(page: Any) -> None:
    with contextlib.suppress(BrowserError):
        await page.close()
